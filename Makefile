.PHONY: run test lint bench lock
run test lint bench lock:
	python3 dev.py $@
