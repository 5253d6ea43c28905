"""What tiktoken and tokenizers make of texts, for the tests to compare with.

    reference.py texts SEED SIZE VERSION TEXTS           writes texts of about SIZE characters in all
    reference.py normalized TEXTS OUT                    the texts in normalization form C
    reference.py tiktoken MODEL KIND TEXTS TOKENS
    reference.py huggingface MODEL KIND VARIANT TEXTS TOKENS JSON
    reference.py course GZIPPED_JSON_LINES TEXTS COUNTS  the prompts and their token counts

VERSION: `16.0` for characters of every block; `3.2` for those assigned in Unicode 3.2 only, which is
for the normalization of tokenizers: it takes marks of after 2017 for letters.

Texts are in UTF-8, with U+001E after each. Tokens are 32-bit little-endian numbers: of each text
the number of its tokens, then the tokens. Of huggingface, JSON is the tokenizer.json that was made
and used. VARIANT: `whole` has every merge of two tokens to a third, and ignore_merges; `every` has
the same merges without; `single` has one merge for each token, and none for every fifth, so that
there are tokens that merging does not reach.
"""
import array
import base64
import gzip
import json
import random
import sys
import unicodedata

SEPARATOR = "\x1e"
LETTERS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|DIGITS"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def pattern(kind, package):
    if kind == "llama3":
        return LETTERS.replace("DIGITS", r"\p{N}{1,3}")
    if kind == "qwen2":
        return LETTERS.replace("DIGITS", r"\p{N}")
    if kind == "gpt2" and package == "huggingface":
        return None  # The one that ByteLevel has built in.
    # tiktoken's own patterns, without its vocabularies.
    import tiktoken_ext.openai_public as public

    public.load_tiktoken_bpe = lambda *_, **__: {}
    if kind == "gpt2":
        return public.r50k_pat_str
    return {"gpt4": public.cl100k_base, "gpt4o": public.o200k_base}[kind]()["pat_str"]


def read_ranks(model):
    with open(model, "rb") as lines:
        pairs = (line.split() for line in lines)
        return {base64.b64decode(token): int(rank) for token, rank in pairs}


def read_texts(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read().split(SEPARATOR)[:-1]


def write_texts(path, texts):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(text + SEPARATOR for text in texts)


def write_tokens(path, lists):
    numbers = array.array("I")
    for tokens in lists:
        numbers.append(len(tokens))
        numbers.extend(tokens)
    with open(path, "wb") as file:
        numbers.tofile(file)


def texts(seed, size, version):
    """Every assigned block, in turn with words, contractions, digits, code, spaces and emoji."""
    import unicodedata2

    database = unicodedata2 if version == "16.0" else unicodedata.ucd_3_2_0
    unwanted = ("Cs", "Co") if version == "16.0" else ("Cs", "Co", "Cn")
    rng = random.Random(seed)
    blocks = {}
    for code_point in range(0x110000):
        # No surrogates, which are no text, nor private use, which is all alike.
        if database.category(chr(code_point)) not in unwanted and code_point != 0x1E:
            blocks.setdefault(code_point >> 7, []).append(chr(code_point))
    blocks = list(blocks.values())
    spaces = [" "] * 8 + ["  ", "    ", "\n", "\n\n", "\r\n", "\r", "\t", " \n ", "\n \t", " " * 30]
    spaces += ["\u00a0", "\u3000", "\u2028", "\u0085", "\v", "\u2009 "]
    words = (
        "the quick Brown fox JUMPS over iPhone HTMLParser über straße naïve Ελλάδα ΣΊΣΥΦΟΣ Привет МИР"
        " 世界 日本語 テスト 한국어 हिन्दी עברית العربية ไทย Tiếng Việt ǅungla ﬁre ʰx Å Å e\u0301t A\u0301B"
        " \u0301 q\u0323\u0307 \u1100\u1161\u11a8 각 が か\u3099 \u0958 ſs"
    ).split(" ")
    contractions = "'s 'S 'ſ 't 'T 're 'RE 'rE 've 'm 'll 'lL 'd 'l 'r ' 'x ''s ’s".split(" ")
    symbols = (
        "! ... // /*\n*/ -> == ========== # $5.99 (x) {\n}\n /\n/\n ?! — © \u200b \ufeff \u00ad ™ ½ Ⅷ ² "
        "😀 👍🏽 👨‍👩‍👧 🏳️‍🌈 🇩🇪 \\u00e9 &amp; <br/> \0 \x7f"
    ).split(" ")

    def item():
        kind = rng.random()
        if kind < 0.25:
            block = rng.choice(blocks)
            return "".join(rng.choice(block) for _ in range(rng.randint(1, 8)))
        if kind < 0.30:
            return "".join(rng.choice(rng.choice(blocks)) for _ in range(4))
        if kind < 0.55:
            return rng.choice(words)
        if kind < 0.75:
            return "".join(rng.choice(spaces) for _ in range(rng.randint(1, 3)))
        if kind < 0.83:
            return rng.choice(contractions)
        if kind < 0.89:
            return "".join(rng.choice("0123456789") for _ in range(rng.randint(1, 9)))
        if kind < 0.96:
            return rng.choice(symbols)
        longest = 40 if kind < 0.995 else 400
        letters = "".join(word for word in words if word.isascii())
        return "".join(rng.choice(letters) for _ in range(rng.randint(1, longest)))

    while size > 0:
        text = "".join(item() for _ in range(rng.choice((1, 2, 3, 5, 20, 200))))
        size -= len(text)
        yield text


def tiktoken_tokens(model, kind, texts):
    import tiktoken

    encoding = tiktoken.Encoding(
        kind, pat_str=pattern(kind, "tiktoken"), mergeable_ranks=read_ranks(model), special_tokens={}
    )
    if kind == "qwen2":
        import unicodedata2

        texts = [unicodedata2.normalize("NFC", text) for text in texts]
    return [encoding.encode_ordinary(text) for text in texts]


def byte_spelling():
    printable = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = [byte for byte in range(256) if byte not in printable]
    return {b: chr(b) if b in printable else chr(0x100 + others.index(b)) for b in range(256)}


def huggingface_json(model, kind, variant):
    ranks = read_ranks(model)
    spelling = byte_spelling()
    names = {token: "".join(spelling[byte] for byte in token) for token in ranks}
    merges = []
    for token, rank in ranks.items():
        splits = [(token[:i], token[i:]) for i in range(1, len(token))]
        splits = [(a, b) for a, b in splits if a in ranks and b in ranks]
        splits.sort(key=lambda split: (ranks[split[0]], ranks[split[1]]))
        if variant == "single":
            splits = splits[:1] if rank % 5 else []
        merges += [(names[a], names[b]) for a, b in splits]
    if variant == "single":
        merges = [f"{a} {b}" for a, b in merges]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
    regex = pattern(kind, "huggingface")
    byte_level["use_regex"] = regex is None
    split = {"type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": False}
    steps = [byte_level] if regex is None else [split, byte_level]
    special = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": len(ranks), "content": "<|end|>", "special": True, **special}],
        "normalizer": {"type": "NFC"} if kind == "qwen2" else None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": steps},
        "post_processor": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": variant == "whole",
            "vocab": {names[token]: rank for token, rank in ranks.items()},
            "merges": merges,
        },
    }


def main():
    command, *arguments = sys.argv[1:]
    if command == "texts":
        seed, size, version, out = arguments
        write_texts(out, texts(int(seed), int(size), version))
    elif command == "normalized":
        import unicodedata2

        path, out = arguments
        write_texts(out, [unicodedata2.normalize("NFC", text) for text in read_texts(path)])
    elif command == "tiktoken":
        model, kind, path, out = arguments
        write_tokens(out, tiktoken_tokens(model, kind, read_texts(path)))
    elif command == "huggingface":
        import tokenizers

        model, kind, variant, path, out, json_path = arguments
        with open(json_path, "w", encoding="utf-8") as file:
            json.dump(huggingface_json(model, kind, variant), file, ensure_ascii=kind == "gpt2")
        tokenizer = tokenizers.Tokenizer.from_file(json_path)
        lists = tokenizer.encode_batch(read_texts(path), add_special_tokens=False)
        write_tokens(out, [encoding.ids for encoding in lists])
    elif command == "course":
        path, text_path, out = arguments
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        write_texts(text_path, [record["prompt"] for record in records])
        write_tokens(out, [[record["token_count"]] for record in records])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
