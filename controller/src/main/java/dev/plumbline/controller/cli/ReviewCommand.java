package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.Terminal;
import dev.plumbline.registry.git.LocalRepository;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.review.Review;
import dev.plumbline.registry.review.Reviewer;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline review}. */
@Command(
        name = "review",
        description = {
            "Say what a change means before it is merged, as the comment of its pull request: what changes in each"
                    + " environment, which findings come and go, which uses of templates break, which models and schedules"
                    + " are touched, and whether it may be merged.",
            "",
            "The change is what --head has since it parted from --base. An environment is a kustomization that no other"
                    + " one names. The same commits give the same text.",
            "",
            "Exit code 1 where something blocks: an environment that does not render, a denial by a policy, a new error, or"
                    + " a use of a template that breaks.",
            "",
            "JSON: {schema, base, head, blocked, verdict, environments: [{path, brokenBefore, brokenAfter, objects, findings:"
                    + " {added, fixed, standing, suppressed}, templates, brokenConsumers, models, schedules}], elsewhere},"
                    + " where objects are as `diff -o json` has them, and elsewhere holds the findings of no environment."
        },
        footer = {
            "",
            "Examples:",
            "  plumbline review",
            "  plumbline review --base main --head feature -o text",
            "  plumbline review --base \"origin/$GITHUB_BASE_REF\" > comment.md"
        })
final class ReviewCommand extends LocalCommand {

    /** How a review is printed. */
    enum Format {
        /** For a comment on a pull request. */
        markdown,
        /** For machines. */
        json,
        /** For people. */
        text
    }

    @Option(
            names = "--base",
            paramLabel = "REV",
            defaultValue = "origin/main",
            description = "what the change is to be merged into (default: origin/main)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String base;

    @Option(
            names = "--head",
            paramLabel = "REV",
            defaultValue = "HEAD",
            description = "the commit that has the change (default: HEAD)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String head;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "markdown",
            description = "how to print: ${COMPLETION-CANDIDATES} (default: markdown)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Format output;

    @Override
    int run() throws SourceException {
        try (LocalRepository local = Checkout.of(repo, ".").open()) {
            CommitId into = resolveBase(local);
            CommitId after = local.resolve(head);
            CommitId before = local.mergeBase(into, after);
            Repository repository = local.repository();
            Review review = Reviewer.review(new Renderer(), repository.snapshot(before), repository.snapshot(after));
            print(review, before, after);
            return review.blocked() ? CommandException.WRONG : 0;
        }
    }

    /** Clones that CI systems make hold one branch only, unless they are told otherwise. */
    private CommitId resolveBase(LocalRepository local) throws SourceException {
        try {
            return local.resolve(base);
        } catch (SourceException e) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    e.getMessage()
                            + "; a clone of a CI job may lack it: fetch it (git fetch origin, or fetch-depth: 0 of"
                            + " actions/checkout), or name another one with --base");
        }
    }

    private void print(Review review, CommitId before, CommitId after) {
        String from = before.abbreviated();
        String to = after.abbreviated();
        switch (output) {
            case markdown -> out().print(CiLog.text(ReviewPage.of(review, from, to, new ReviewMarkdown())));
            case text ->
                out().print(CiLog.text(ReviewPage.of(review, from, to, new ReviewText(Terminal.wantsColours()))));
            case json -> out().println(CiLog.json(Json.pretty(ReviewTree.of(review, before.hex(), after.hex()))));
        }
    }
}
