package dev.plumbline.controller.cli;

import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.evidence.Statement;
import dev.plumbline.registry.evidence.Subject;
import dev.plumbline.registry.git.LocalRepository;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.release.Releases;
import dev.plumbline.registry.render.RenderOptions;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.SourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes on to the commit: the applied commit, rendered anew from a repository that the verifier has, must be the Release that was
 * signed, and the run's commit must be one of its ancestors.
 */
record CommitCheck(Path repository, RenderOptions options) {

    private static final long KEPT_BYTES = 64L * 1024 * 1024;

    List<Check> of(ModelCheck model) {
        List<Check> checks = new ArrayList<>();
        Statement render = model.statements().get("render");
        Statement run = model.statements().get("run");
        if (render == null || run == null) {
            checks.add(new Check(
                    Check.State.WRONG,
                    "commit",
                    "no signed statement says which Release was in force, so nothing leads to Git"));
            return checks;
        }
        try (LocalRepository local = LocalRepository.open(repository)) {
            CommitId applied = commit(render);
            String path = Tree.text(render.predicate(), "buildDefinition", "externalParameters", "source", "path");
            if (local.repository().commit(applied).isEmpty()) {
                checks.add(new Check(
                        Check.State.WRONG,
                        "commit",
                        applied + " is not in " + repository + "; fetch it, or name another --repo"));
                return checks;
            }
            checks.add(release(local, render, applied, path));
            checks.add(ancestor(local, run, applied));
        } catch (SourceException | IllegalArgumentException e) {
            checks.add(new Check(Check.State.WRONG, "commit", String.valueOf(e.getMessage())));
        }
        return checks;
    }

    private Check release(LocalRepository local, Statement render, CommitId applied, String path)
            throws SourceException {
        Digest signed = render.subjects().stream()
                .filter(subject -> subject.role().equals(Subject.RELEASE))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the render statement names no Release"))
                .digest();
        Digest now = release(local, applied, path);
        return now.equals(signed)
                ? new Check(
                        Check.State.OK,
                        "release",
                        path + " at " + applied.abbreviated() + " renders to what was signed, " + signed)
                : new Check(
                        Check.State.WRONG,
                        "release",
                        path + " at " + applied + " renders to " + now + ", but " + signed
                                + " was signed: another repository, another renderer, or a false statement");
    }

    private Digest release(LocalRepository local, CommitId commit, String path) throws SourceException {
        Rendering rendering =
                new Renderer(KEPT_BYTES).with(options).render(local.repository().snapshot(commit), path);
        Release release = Releases.unchecked(path, rendering.objects(), rendering.findings());
        return release.digest();
    }

    private Check ancestor(LocalRepository local, Statement run, CommitId applied) throws SourceException {
        Map<String, @Nullable Object> internal = Tree.map(run.predicate(), "buildDefinition", "internalParameters");
        if (!Tree.text(internal, "contentVerification").equals("MATCH")) {
            return new Check(
                    Check.State.NOTE,
                    "commit",
                    "the verdict is " + Tree.text(internal, "contentVerification") + ", so no one commit is claimed");
        }
        CommitId commit = commit(run);
        boolean known = local.repository().commit(commit).isPresent()
                && local.repository().isAncestor(commit, applied);
        return known
                ? new Check(
                        Check.State.OK,
                        "commit",
                        commit + " \"" + subject(local, commit) + "\" is what the model was made of")
                : new Check(
                        Check.State.WRONG,
                        "commit",
                        commit + " is no ancestor of the applied commit " + applied + " in " + repository);
    }

    private static String subject(LocalRepository local, CommitId commit) throws SourceException {
        return local.repository().commit(commit).map(known -> known.subject()).orElse("");
    }

    private static CommitId commit(Statement statement) {
        return Tree.maps(statement.predicate(), "buildDefinition", "resolvedDependencies").stream()
                .map(dependency -> Tree.text(dependency, "digest", "gitCommit"))
                .filter(id -> !id.isEmpty())
                .findFirst()
                .map(CommitId::new)
                .orElseThrow(() -> new IllegalArgumentException("a signed statement names no commit"));
    }
}
