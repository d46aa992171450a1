#!/usr/bin/env bash
# The accuracy figures on the development data, which does not travel with the project: one line a figure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
data=../shared/data score=../shared/score
if [ ! -d "$data" ]; then
  echo "figures: skipped, no development data at ../shared/data"
  exit 0
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
read_set() { # folder name
  ./dateline read --quiet --input-format jsonl --format jsonl "$1/input.jsonl" > "$out/$2.jsonl"
}
figure() { # scorer folder name
  echo "== $1 on $3"
  python3 "$score/$1.py" "$2/gold.jsonl" "$out/$3.jsonl"
}
for set in times-tbaq coref-gum-news-dev coref-gap-dev attributions-polnear-dev relations-knowledgenet-dev meantime-apple timelines-t4-trial news-dev; do
  read_set $data/$set $set
done
read_set ../shared/seed seed
figure times $data/times-tbaq times-tbaq
python3 tests/times_by_kind.py $data/times-tbaq/gold.jsonl "$out/times-tbaq.jsonl"
figure times $data/coref-gum-news-dev coref-gum-news-dev
figure entities $data/coref-gum-news-dev coref-gum-news-dev
figure gap $data/coref-gap-dev coref-gap-dev
figure attributions $data/attributions-polnear-dev attributions-polnear-dev
figure relations $data/relations-knowledgenet-dev relations-knowledgenet-dev
figure events $data/meantime-apple meantime-apple
echo "== timelines on timelines-t4-trial"
python3 "$score/timelines.py" $data/timelines-t4-trial "$out/timelines-t4-trial.jsonl"
figure news $data/news-dev news-dev
figure news ../shared/seed seed
echo "== timelines of the store on timelines-t4-trial"
./dateline add --quiet --input-format jsonl "$out/t4.db" $data/timelines-t4-trial/input.jsonl
python3 tests/story_timelines.py "$out/t4.db" $data/timelines-t4-trial/timelines.jsonl > "$out/t4-store.jsonl"
python3 "$score/timelines.py" $data/timelines-t4-trial --timelines "$out/t4-store.jsonl"
