#!/bin/sh
# A sweep by GNU parallel, one command a case, on this machine or on others (--sshlogin, see its manual):
#   gnu-parallel.sh conv2d -P stride=1..3 -P padding=0..2 -o 'out/s{stride}_p{padding}.gif'
set -eu
"${CONVREEL:-convreel}" sweep "$@" --emit-jobs | sed "s|^convreel |${CONVREEL:-convreel} |" |
  parallel --halt soon,fail=1 --joblog convreel-jobs.log "{} -j 1 --quiet"
