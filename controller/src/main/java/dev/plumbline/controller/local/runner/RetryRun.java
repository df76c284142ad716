package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.expr.DottedNames;
import dev.plumbline.registry.argo.expr.ExpressionException;
import dev.plumbline.registry.argo.expr.Formula;
import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes a template with a {@code retryStrategy} as one Retry node with a child for each attempt. */
final class RetryRun {

    private static final List<String> ATTEMPT =
            List.of("retries", "lastRetry.exitCode", "lastRetry.status", "lastRetry.duration", "lastRetry.message");

    private final RunParts run;
    private final TemplateRun templates;

    RetryRun(RunParts run, TemplateRun templates) {
        this.run = run;
        this.templates = templates;
    }

    /** Executes it, or goes on after a restart, and returns the phase in which the Retry node ended. */
    String run(Call call, Template template) throws NodeProblem {
        RunStatus status = run.status();
        String id = status.id(call.node());
        if (status.phase(id).isEmpty()) {
            TemplateRun.begin(run, call, "Retry", node -> {
                Map<String, @Nullable Object> inputs = TemplateRun.inputs(template);
                if (inputs != null) {
                    node.put("inputs", inputs);
                }
            });
        }
        int attempts = Math.max(0, status.attempts(id).size() - 1);
        while (true) {
            templates.execute(call.retried(id, attempts, names(call, attempts)));
            attempts++;
            Map<String, @Nullable Object> last = attempt(call, attempts - 1);
            String end = verdict(call, template, attempts, last);
            if (end != null) {
                run.outputs(id, Tree.map(last, "outputs"));
                return TemplateRun.finished(run, call, "Retry", Tree.text(last, "phase"), end);
            }
        }
    }

    /** Null when another attempt is due, after its pause; else the message with which it ends. */
    private @Nullable String verdict(Call call, Template template, int attempts, Map<String, @Nullable Object> last)
            throws NodeProblem {
        String phase = Tree.text(last, "phase");
        if (!Phase.bad(phase)) {
            return "";
        }
        String shutdown = run.signal().shutdown(call.exit());
        if (shutdown != null) {
            return WorkflowRun.stopped(shutdown);
        }
        Map<String, @Nullable Object> strategy = template.retryStrategy();
        String enough = enough(call, strategy, attempts, last);
        if (enough != null) {
            return enough;
        }
        Duration pause = pause(strategy, attempts, last);
        Instant next = run.clock().instant().plus(pause);
        Duration most = ArgoDuration.parse(Tree.string(strategy, "backoff", "maxDuration"), "backoff.maxDuration");
        if (most != null) {
            Instant end =
                    Instant.parse(Tree.text(attempt(call, 0), "startedAt")).plus(most);
            if (run.clock().instant().isAfter(end)) {
                return "Max duration limit exceeded";
            }
            if (next.isAfter(end)) {
                return "Backoff would exceed max duration limit";
            }
        }
        Instant deadline = run.deadline();
        if (deadline != null && !call.exit() && next.isAfter(deadline)) {
            return "Step exceeded workflow deadline";
        }
        return rested(call, attempts, pause);
    }

    /** Null after the pause; the message with which it ends where the run was stopped meanwhile. */
    private @Nullable String rested(Call call, int attempts, Duration pause) {
        if (pause.isPositive()) {
            run.tell(
                    "",
                    run.status().id(call.node()),
                    "attempt " + attempts + " follows in " + pause.toMillis() + " ms");
            run.signal().rest(pause, call.exit());
        }
        String shutdown = run.signal().shutdown(call.exit());
        return shutdown == null ? null : WorkflowRun.stopped(shutdown);
    }

    /** Why no other attempt is asked for; null when one is. */
    private @Nullable String enough(
            Call call, Map<String, @Nullable Object> strategy, int attempts, Map<String, @Nullable Object> last)
            throws NodeProblem {
        String expression = Tree.text(strategy, "expression");
        String policy = Tree.text(strategy, "retryPolicy");
        if (!retries(policy.isEmpty() && !expression.isEmpty() ? "Always" : policy, Tree.text(last, "phase"))) {
            return Tree.text(last, "message");
        }
        String limit = ArgoText.of(strategy.get("limit"));
        if (limit != null && attempts > number(limit, "retryStrategy.limit")) {
            return "No more retries left";
        }
        return expression.isEmpty() || again(expression, names(call, attempts))
                ? null
                : "retryStrategy.expression evaluated to false";
    }

    /** Whether the expression asks for another attempt; it knows the attempt before, and nothing else, as in Argo. */
    private static boolean again(String expression, Map<String, String> names) throws NodeProblem {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        for (String name : ATTEMPT) {
            known.put(name, names.get(name));
        }
        // Argo counts the attempts that are behind, and calls an attempt without an exit code one of -1.
        known.put("retries", Integer.toString(Integer.parseInt(String.valueOf(names.get("retries"))) - 1));
        if (String.valueOf(names.get("lastRetry.exitCode")).isEmpty()) {
            known.put("lastRetry.exitCode", "-1");
        }
        try {
            return Formula.parse(expression).holds(DottedNames.of(known));
        } catch (ExpressionException e) {
            throw new NodeProblem(String.valueOf(e.getMessage()));
        }
    }

    private Duration pause(Map<String, @Nullable Object> strategy, int attempts, Map<String, @Nullable Object> last)
            throws NodeProblem {
        Duration base = ArgoDuration.parse(ArgoText.of(Tree.at(strategy, "backoff", "duration")), "backoff.duration");
        if (base == null) {
            return Duration.ZERO;
        }
        String factor = ArgoText.of(Tree.at(strategy, "backoff", "factor"));
        double times = factor == null ? 1 : Math.pow(Math.max(1, number(factor, "backoff.factor")), attempts - 1);
        Duration wait = Duration.ofMillis((long) Math.min(base.toMillis() * times, Long.MAX_VALUE / 2.0));
        Duration cap = ArgoDuration.parse(ArgoText.of(Tree.at(strategy, "backoff", "cap")), "backoff.cap");
        wait = cap != null && cap.compareTo(wait) < 0 ? cap : wait;
        Duration since = Duration.between(
                Instant.parse(Tree.text(last, "finishedAt")), run.clock().instant());
        // finishedAt has whole seconds, so up to one second has passed that it does not show.
        Duration passed = since.minusSeconds(1).isNegative() ? Duration.ZERO : since.minusSeconds(1);
        return wait.minus(passed).isNegative() ? Duration.ZERO : wait.minus(passed);
    }

    private static boolean retries(String policy, String phase) {
        return switch (policy) {
            case "Always" -> true;
            case "OnError" -> phase.equals(Phase.ERROR);
            default -> phase.equals(Phase.FAILED);
        };
    }

    private static double number(String text, String field) throws NodeProblem {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new NodeProblem(field + " '" + text + "' is not a number");
        }
    }

    private Map<String, String> names(Call call, int attempt) {
        Map<String, String> names = new LinkedHashMap<>(call.locals());
        names.put("retries", Integer.toString(attempt));
        Map<String, @Nullable Object> last = attempt == 0 ? Map.of() : attempt(call, attempt - 1);
        names.put("lastRetry.exitCode", attempt == 0 ? "0" : Tree.text(last, "outputs", "exitCode"));
        names.put("lastRetry.status", Tree.text(last, "phase"));
        names.put("lastRetry.message", Tree.text(last, "message"));
        names.put("lastRetry.duration", Long.toString(seconds(last)));
        return names;
    }

    private static long seconds(Map<String, @Nullable Object> node) {
        String started = Tree.text(node, "startedAt");
        String finished = Tree.text(node, "finishedAt");
        return started.isEmpty() || finished.isEmpty()
                ? 0
                : Duration.between(Instant.parse(started), Instant.parse(finished))
                        .toSeconds();
    }

    private Map<String, @Nullable Object> attempt(Call call, int number) {
        Map<String, @Nullable Object> node = run.status().node(run.status().id(call.node() + "(" + number + ")"));
        return node == null ? Map.of() : node;
    }
}
