package dev.plumbline.controller.cli;

/** How a command prints its answer. */
enum Output {
    /** For people. */
    text,
    /** For people, with more columns. */
    wide,
    /** For machines: the API's answer as it is. */
    json,
    /** For machines: the same as YAML. */
    yaml,
    /** Only names, one per line. */
    name,
    /** A file for people, such as an audit's. */
    markdown
}
