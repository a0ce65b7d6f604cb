#!/bin/sh
# A sweep as a Slurm array of four tasks:  sbatch --array=1-4 slurm-array.sh lecture.toml
# A task that was killed is made good by submitting the same line again: --resume keeps what is proven done. Any part of
# the array may run alone (sbatch --array=2 ...), because the number of parts stands below and not in the array.
# Afterwards, once, on the shared folder:  convreel sweep --merge lecture
#SBATCH --job-name=convreel
#SBATCH --cpus-per-task=2
#SBATCH --mem=1G
#SBATCH --time=01:00:00
set -eu
exec "${CONVREEL:-convreel}" sweep "$@" --shard auto/4 --resume -j "${SLURM_CPUS_PER_TASK:-2}" --progress plain
