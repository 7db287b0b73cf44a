"""Log compaction on the local engine.

cleaner     decides on the loop which partition is next, has it cleaned elsewhere, swaps the results in
runner      where the work is done: a process of its own, or a thread
worker      that process
job         what it is told and what it answers
work        one round: survey, map, rewrite
offset_map  key -> newest offset, in bounded memory
batches     reading segments strictly; rewriting one batch
swap        putting files in place so that a crash leaves old or new
"""
