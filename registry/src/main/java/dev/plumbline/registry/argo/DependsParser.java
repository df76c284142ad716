package dev.plumbline.registry.argo;

import java.util.ArrayList;
import java.util.List;

/** Recursive descent over {@code depends}: {@code ||} below {@code &&} below {@code !} below names and parentheses. */
final class DependsParser {

    /** Deepest nesting of parentheses and negations that is read. */
    static final int MAX_DEPTH = 100;

    private final String text;
    private final Depends.Tasks tasks;
    private int at;
    private int depth;

    DependsParser(String text, Depends.Tasks tasks) {
        this.text = text;
        this.tasks = tasks;
    }

    Depends parse() throws ArgoSyntaxException {
        Depends condition = any();
        if (at < text.length()) {
            throw wrong("unexpected '" + text.charAt(at) + "'");
        }
        return condition;
    }

    static Depends dependencies(List<String> names, Depends.Tasks tasks) throws ArgoSyntaxException {
        List<Depends> terms = new ArrayList<>();
        for (String name : names) {
            terms.add(new DependsParser(name, tasks).bare(name));
        }
        return terms.isEmpty() ? new Depends.None() : join(terms, true);
    }

    private Depends any() throws ArgoSyntaxException {
        List<Depends> terms = new ArrayList<>(List.of(all()));
        while (take("||")) {
            terms.add(all());
        }
        return join(terms, false);
    }

    private Depends all() throws ArgoSyntaxException {
        List<Depends> terms = new ArrayList<>(List.of(unary()));
        while (take("&&")) {
            terms.add(unary());
        }
        return join(terms, true);
    }

    private Depends unary() throws ArgoSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw wrong("nested deeper than " + MAX_DEPTH);
        }
        Depends term;
        if (take("!")) {
            term = new Depends.Not(unary());
        } else if (take("(")) {
            term = any();
            if (!take(")")) {
                throw wrong("missing ')'");
            }
        } else {
            term = name();
        }
        depth--;
        blank();
        return term;
    }

    private Depends name() throws ArgoSyntaxException {
        String task = word();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            String word = word();
            TaskResult result = TaskResult.of(word);
            if (result == null) {
                throw wrong("unknown result '" + word + "' of task '" + task + "'");
            }
            known(task);
            return new Depends.Had(task, result);
        }
        return bare(task);
    }

    /** A bare name stands for every outcome after which Argo goes on. */
    private Depends bare(String name) throws ArgoSyntaxException {
        DagTask task = known(name);
        List<Depends> terms = new ArrayList<>(List.of(
                new Depends.Had(name, TaskResult.SUCCEEDED),
                new Depends.Had(name, TaskResult.SKIPPED),
                new Depends.Had(name, TaskResult.DAEMONED)));
        if (task.continueOnError()) {
            terms.add(new Depends.Had(name, TaskResult.ERRORED));
        }
        if (task.continueOnFailed()) {
            terms.add(new Depends.Had(name, TaskResult.FAILED));
        }
        return new Depends.Any(terms);
    }

    private DagTask known(String name) throws ArgoSyntaxException {
        DagTask task = tasks.get(name);
        if (task == null) {
            throw wrong("no task '" + name + "' in this dag");
        }
        return task;
    }

    private String word() throws ArgoSyntaxException {
        blank();
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-' || text.charAt(at) == '_')) {
            at++;
        }
        if (at == start) {
            throw wrong(
                    at < text.length() ? "unexpected '" + text.charAt(at) + "'" : "a task name is missing at the end");
        }
        return text.substring(start, at);
    }

    private boolean take(String symbol) {
        blank();
        boolean here = text.startsWith(symbol, at);
        if (here) {
            at += symbol.length();
        }
        return here;
    }

    private void blank() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static Depends join(List<Depends> terms, boolean all) {
        return terms.size() == 1 ? terms.getFirst() : all ? new Depends.All(terms) : new Depends.Any(terms);
    }

    private ArgoSyntaxException wrong(String what) {
        return new ArgoSyntaxException("depends '" + text + "': " + what);
    }
}
