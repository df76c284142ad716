sleep "$1"
echo "checked"
