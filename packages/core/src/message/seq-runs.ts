export interface SeqRun {
  readonly fromSeq: number
  readonly toSeq: number
}

/** The stretches without a hole that the messages make up, lowest first. */
export function seqRuns(messages: readonly { readonly seq: number }[]): SeqRun[] {
  const seqs = messages.map(message => message.seq).sort((a, b) => a - b)
  const runs: { fromSeq: number; toSeq: number }[] = []
  for (const seq of seqs) {
    const last = runs.at(-1)
    if (last && seq <= last.toSeq + 1) last.toSeq = Math.max(last.toSeq, seq)
    else runs.push({ fromSeq: seq, toSeq: seq })
  }
  return runs
}
