# Makes a "model": its version is the run's uid, so that every run makes another one.
printf '%s' "$1" > "$3/name"
printf '%s' "$2" > "$3/version"
echo "trained $1 with recipe 1"
