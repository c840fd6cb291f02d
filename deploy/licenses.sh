#!/bin/sh
# Writes docs/lizenzen.md: the licences of every package of requirements/run.txt, as installed. Usage: deploy/licenses.sh BIN
set -eu
bin=$1
names=$(sed -n 's/^\([A-Za-z0-9_.-]*\)==.*/\1/p' requirements/run.txt)
{
  echo "# Lizenzen der verwendeten Pakete"
  echo
  echo "Erzeugt von \`make licenses\` aus den installierten Paketen von \`requirements/run.txt\`. Der Lotsenbot selbst steht unter"
  echo "[MIT](../LICENSE), die Daten der Regionen unter [eigenen Lizenzen](../knowledge/data/regions/LICENSES.md)."
  echo
  # shellcheck disable=SC2086  # a list of names
  "$bin/pip-licenses" --from=mixed --format=markdown --with-urls --order=name --packages $names
} > docs/lizenzen.md
