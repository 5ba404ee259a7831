/** `null`: nothing of it would be seen. */
export const visibleName = (name: string | null | undefined): string | null =>
  name && /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(name) ? name : null

/** Without the characters that turn the direction of what follows: for what stands in a sentence. */
export const undirected = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
