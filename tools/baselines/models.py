"""The six models: each is trained on the train split, and guesses the prices of the test split.

Bounds keep 400,000 rows below 4 GB of memory and 20 minutes on two cores. Where a model learns from a part of
the rows, these are spread evenly over train, and a smaller train split is taken whole.
"""
import sys

import numpy
from gensim.models import Word2Vec
from gensim.utils import simple_preprocess
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVR

SEED = 42
# The course has 400 numbers a vector: mean errors within $2 of these on its items, for twice the memory.
VECTOR_SIZE = 200
# A single thread, which alone is repeatable, takes minutes for these.
VECTOR_ROWS = 50_000
# liblinear copies a row into 16 bytes a number.
SVR_ROWS = 100_000
# A tree of all rows and all columns takes minutes, and there are a hundred.
TREE_ROWS = 20_000
TREE_COLUMNS = 0.1
# All pairs of words in 400,000 texts would take gigabytes before the commonest can be chosen.
PAIR_ROWS = 50_000
PAIR_COLUMNS = 100_000


def guesses(train, test):
    """Yields the name of each model and its guesses for the test split, as soon as they are known."""
    prices = numpy.asarray(train.prices)
    yield "four features", four_features(train, test, prices)
    yield "bag of words", bag_of_words(train.texts, test.texts, prices)
    vectors, test_vectors = word_vectors(train.texts, test.texts)
    yield "word vectors", LinearRegression().fit(vectors, prices).predict(test_vectors)
    yield "word vectors, SVR", support_vectors(vectors, test_vectors, prices)
    yield "word vectors, random forest", random_forest(vectors, test_vectors, prices)
    del vectors
    yield "TF-IDF ridge", ridge(train.texts, test.texts, prices)


def four_features(train, test, prices):
    """Linear regression on weight, rank, length and brand; what is not known is the average of train's."""
    known, asked = (numpy.array(split.features).reshape(len(split.texts), -1) for split in (train, test))
    # Where train has none at all, the column says nothing, whatever stands in it.
    averages = [0 if numpy.isnan(column).all() else numpy.nanmean(column) for column in known.T]
    known, asked = (numpy.where(numpy.isnan(rows), averages, rows) for rows in (known, asked))
    # In units of their spread, so that ranks in the millions leave digits for the others.
    return make_pipeline(StandardScaler(), LinearRegression()).fit(known, prices).predict(asked)


def bag_of_words(texts, test_texts, prices):
    """Linear regression on how often each of the 1,000 commonest words stands in a text."""
    words = CountVectorizer(max_features=1000, stop_words="english", dtype=numpy.float32)
    return LinearRegression().fit(words.fit_transform(texts), prices).predict(words.transform(test_texts))


def word_vectors(texts, test_texts):
    """The mean of the vectors of a text's words, for the texts of train and of test."""
    sentences = [[sys.intern(word) for word in simple_preprocess(text)] for text in part(texts, VECTOR_ROWS)]
    model = Word2Vec(sentences, vector_size=VECTOR_SIZE, epochs=10, min_count=5, workers=1, seed=SEED).wv
    words = CountVectorizer(analyzer=simple_preprocess, vocabulary=model.key_to_index, dtype=numpy.float32)

    def means(texts):
        counts = words.transform(texts)
        totals = numpy.asarray(counts.sum(axis=1)).reshape(-1, 1)
        vectors = counts @ model.vectors
        vectors /= numpy.maximum(totals, 1)
        return vectors

    return means(texts), means(test_texts)


def support_vectors(vectors, test_vectors, prices):
    """A linear support vector regression, of columns in units of their spread: without, it guesses worse."""
    model = make_pipeline(StandardScaler(), LinearSVR(random_state=SEED))
    return model.fit(part(vectors, SVR_ROWS), part(prices, SVR_ROWS)).predict(test_vectors)


def random_forest(vectors, test_vectors, prices):
    """A hundred trees, each of rows and columns drawn at random."""
    model = RandomForestRegressor(
        n_estimators=100, max_samples=min(len(vectors), TREE_ROWS), max_features=TREE_COLUMNS, n_jobs=2,
        random_state=SEED)
    return model.fit(vectors, prices).predict(test_vectors)


def ridge(texts, test_texts, prices):
    """Ridge regression on words and pairs of words, weighted by TF-IDF.

    It fits the logarithm of the price. On the course's items that makes its mean error a seventh smaller than
    the price itself does, and 0.3 the best penalty (three parts of train, each guessed from the other two).
    """
    pairs = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, max_features=PAIR_COLUMNS, dtype=numpy.float32)
    pairs.fit(part(texts, PAIR_ROWS))
    model = Ridge(alpha=0.3).fit(pairs.transform(texts), numpy.log1p(prices).astype(numpy.float32))
    # No guess is above train's highest price: a logarithm a little too large would be thousands of dollars.
    logarithms = model.predict(pairs.transform(test_texts)).astype(float)
    return numpy.expm1(numpy.minimum(logarithms, numpy.log1p(prices.max())))


def part(rows, count):
    """Some of the rows, at most so many, spread evenly."""
    return rows[::-(-len(rows) // count)]
