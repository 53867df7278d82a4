"""`python -m gongchuang` is the same as `gongchuang`."""

from gongchuang.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
