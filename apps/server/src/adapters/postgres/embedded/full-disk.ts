export const isFullDisk = (reason: string): boolean =>
  /no space left on device|disk quota exceeded|ENOSPC|EDQUOT/i.test(reason)

/** Nothing is wrong with the data: it must stay where it is. */
export const MAKE_ROOM = 'Make room on its disk, then start the server again; the data is whole.'
