// words.h - long lists of plain words, `[ann, bob, ...]`, such as the users of a project, and rows
// of lines that are each `key: [ann, bob]`, or a key and the same map as the line before it, as in
// `key: {blueprint: report}`. libyaml takes some 3,000 instructions for each word and more for a
// key, so it is shown blanks instead, and the first of such lines: it says where a list or a map
// begins, and the words are taken from the text itself.
#ifndef WORDS_H
#define WORDS_H

#include "node.h"

typedef struct Word {
    uint32_t at;   // in the text of its list
    uint8_t len;   // there are longer ones, which are not plain
    uint8_t chars; // what stands in it: see word_chars
} Word;

typedef struct WordList {
    size_t index;   // of its `[` or `{`, in the characters of `rest`
    Str words;      // between the brackets; of a map nothing
    size_t first;   // of these, among all words
    uint32_t count; // how many these are
    Str key;        // of a row that is not there at all: see words_row
    bool is_same;   // of such one: its map is that of the row before
} WordList;

typedef struct Words {
    WordList *lists; // in the order of the text
    size_t count, cap, taken;
    Word *words; // of all lists
    size_t word_count, word_cap;
    Str rest; // the text with blanks instead of words, and without rows; all places are the same
} Words;

// Looks for such lists. False: there are none. Some may be no lists, but stand in a quoted text, a
// block or a comment: then nobody takes them, and the text has to be read as it is.
bool words_find(Words *w, Arena *a, Str text);
// The list, or the map of rows, that begins at that character, if it is the next one; else NULL.
const WordList *words_take(Words *w, size_t index);
// After that, if it is the value of a key in a block map: takes the entry of that map which
// stands in the next line, in the same columns. NULL: that is none.
const WordList *words_row(Words *w);
bool words_all_taken(const Words *w);

// What stands in a name, as bits.
enum {
    WORD_LOWER = 1,
    WORD_CAPITAL = 2,
    WORD_DIGIT = 4,
    WORD_DASH = 8,
    WORD_UNDERSCORE = 16,
    WORD_OTHER = 32
};
unsigned word_chars(Str text); // all that stand in it

// Of a NODE_WORDS.
static inline Str words_at(const Node *list, uint32_t at) {
    return (Str){list->text.ptr + list->words[at].at, list->words[at].len};
}
Loc words_place(const Node *list, Str word); // of one of them
void words_unfold(Arena *a, Node *list);     // it becomes a list of scalars, as any other

#endif
