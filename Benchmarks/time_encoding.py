"""The seconds that another encoder takes to load Llama 3's tokenizer and to encode texts on one thread.

    time_encoding.py texts SIZE OUT                  writes mixed Unicode of about SIZE characters
    time_encoding.py tiktoken MODEL TEXTS            prints: seconds to load, seconds to encode, tokens
    time_encoding.py tokenizers MODEL TEXTS

Texts are in UTF-8, with U+001E after each.
"""
import json
import os
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "Tests/TokenizationTests"))
import reference  # noqa: E402

os.environ["RAYON_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"


def load_tiktoken(model):
    import tiktoken
    from tiktoken.load import load_tiktoken_bpe

    start = time.perf_counter()
    pattern = reference.pattern("llama3", "tiktoken")
    encoding = tiktoken.Encoding(
        "llama3", pat_str=pattern, mergeable_ranks=load_tiktoken_bpe(model), special_tokens={})
    return time.perf_counter() - start, encoding.encode_ordinary


def load_tokenizers(model):
    import tokenizers

    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/tokenizer.json"
        with open(path, "w", encoding="utf-8") as file:
            json.dump(reference.huggingface_json(model, "llama3", "whole"), file)
        start = time.perf_counter()
        tokenizer = tokenizers.Tokenizer.from_file(path)
        seconds = time.perf_counter() - start
    return seconds, lambda text: tokenizer.encode(text, add_special_tokens=False).ids


def main():
    command, *arguments = sys.argv[1:]
    if command == "texts":
        size, out = arguments
        return reference.write_texts(out, reference.texts(1, int(size), "16.0"))
    model, path = arguments
    load = {"tiktoken": load_tiktoken, "tokenizers": load_tokenizers}[command]
    loading, encode = load(model)
    texts = reference.read_texts(path)
    start = time.perf_counter()
    count = sum(len(encode(text)) for text in texts)
    print(loading, time.perf_counter() - start, count)


main()
