package dev.plumbline.registry.policy;

import dev.plumbline.registry.cel.Expression;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy whose expressions are compiled.
 *
 * @param manifest as written
 * @param constraints what it is about
 * @param ignoreErrors whether an expression that fails is passed over ({@code failurePolicy: Ignore})
 * @param conditions further conditions, by name
 * @param variables by name, in order
 * @param validations what must hold
 * @param annotations audit annotations by key: they are evaluated because an error in one denies
 * @param paramKind {@code apiVersion} and {@code kind} of parameters; empty where there are none
 */
record Policy(
        Manifest manifest,
        MatchResources constraints,
        boolean ignoreErrors,
        Map<String, Expression> conditions,
        Map<String, Expression> variables,
        List<Validation> validations,
        Map<String, Expression> annotations,
        Map<String, @Nullable Object> paramKind) {

    /**
     * One expression that must hold.
     *
     * @param expression gives true or false
     * @param message fixed message; empty where there is none
     * @param messageExpression computed message; null where there is none
     * @param reason status reason
     */
    record Validation(
            Expression expression, String message, @Nullable Expression messageExpression, String reason) {}

    String name() {
        return manifest.key().name();
    }
}
