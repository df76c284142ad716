import sys

print("träin <>&", sys.argv)
	x
