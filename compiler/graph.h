// graph.h - pictures of a system: what is connected with what, how a workflow runs, where data
// goes.
#ifndef GRAPH_H
#define GRAPH_H

#include "model.h"

typedef enum GraphShape {
    SHAPE_BOX,
    SHAPE_CHOICE,
    SHAPE_END,
    SHAPE_DATA,
    SHAPE_FLOW,
    SHAPE_GROUP
} GraphShape;

typedef struct GraphNode {
    Str label, what; // what it is stands below its name
    GraphShape shape;
    uint32_t group; // the group that it is in, from 1; 0: none
} GraphNode;

typedef struct GraphEdge {
    uint32_t from, to; // nodes, from 1
    Str label;
    bool dashed; // only if something goes wrong
} GraphEdge;

typedef struct Graph {
    Arena *arena;
    GraphNode *nodes;
    uint32_t node_count;
    size_t node_cap;
    GraphEdge *edges;
    uint32_t edge_count;
    size_t edge_cap;
    bool down; // from top to bottom, and not from left to right
} Graph;

Graph *graph_system(Unit *u);                      // who calls, starts and uses whom
Graph *graph_data(Unit *u);                        // from where to where data goes
Graph *graph_workflow(Unit *u, const Resource *r); // its states, with choices and catches
// A picture with one frame for each of several: no format has two pictures in one file.
Graph *graph_join(Arena *a, const Graph *const *graphs, const Str *titles, size_t count);
void graph_mermaid(const Graph *g, Buf *out);
void graph_dot(const Graph *g, Buf *out);

#endif
