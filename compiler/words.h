// words.h - long lists of plain words, `[ann, bob, ...]`, such as the users of a project. libyaml
// takes some 3,000 instructions for each word, so it is shown blanks instead: it says where a list
// begins, and the words are taken from the text itself.
#ifndef WORDS_H
#define WORDS_H

#include "base.h"

typedef struct WordList {
    size_t index; // of its `[`, in characters
    Str words;    // between the brackets
} WordList;

typedef struct Words {
    WordList *lists; // in the order of the text
    size_t count, cap, taken;
    Str rest; // the text with blanks instead of words; all places are the same
} Words;

// Looks for such lists. False: there are none. Some may be no lists, but stand in a quoted text, a
// block or a comment: then nobody takes them, and the text has to be read as it is.
bool words_find(Words *w, Arena *a, Str text);
// The words of the list that begins at that character, if it is the next one; else nothing.
Str words_take(Words *w, size_t index);
bool words_all_taken(const Words *w);
// Takes the next word off `rest`. `at` ends where `rest` begins, and becomes the word's place.
bool words_next(Str *rest, Str *word, Loc *at);

#endif
