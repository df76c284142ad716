package dev.plumbline.registry.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.plumbline.registry.cel.ExpressionException.Kind;
import java.util.stream.Collectors;

/**
 * Compiles the expressions of one policy. It knows {@code object}, {@code oldObject}, {@code request}, {@code namespaceObject},
 * {@code params} where the policy takes some, and the {@code variables} declared so far. Not for use by several threads.
 */
public final class ExpressionCompiler {

    private static final String AUTHORIZER = "undeclared reference to 'authorizer";

    private final Declared declared = new Declared();
    private final CelCompiler compiler;

    /** A compiler without variables yet. */
    public ExpressionCompiler(boolean params) {
        compiler = Language.compiler(declared, params).build();
    }

    /** Lets later expressions use {@code variables.name}, with the type of this expression. */
    public void declare(String name, Expression value) {
        declared.variable(name, value.type());
    }

    /** The same for a variable that did not compile: of any type, so that its users are not blamed as well. */
    public void declareUnknown(String name) {
        declared.variable(name, SimpleType.DYN);
    }

    /**
     * Compiles one expression.
     *
     * @throws ExpressionException {@code NOT_VALID} or {@code NEEDS_CLUSTER}
     */
    public Expression compile(String text, ResultKind expected) throws ExpressionException {
        try {
            CelValidationResult result = compiler.compile(text);
            if (result.hasError()) {
                throw refused(result);
            }
            CelAbstractSyntaxTree tree = result.getAst();
            Literals.check(tree);
            check(tree.getResultType(), expected);
            return new Expression(text, tree.getResultType(), Language.RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException | IllegalArgumentException e) {
            throw new ExpressionException(Kind.NOT_VALID, "compilation failed: " + e.getMessage());
        }
    }

    private static ExpressionException refused(CelValidationResult result) {
        String errors =
                result.getErrors().stream().map(ExpressionCompiler::shown).collect(Collectors.joining("; "));
        if (errors.contains(AUTHORIZER)) {
            return new ExpressionException(
                    Kind.NEEDS_CLUSTER, "authorizer asks a cluster who may do what; it cannot be evaluated offline");
        }
        return new ExpressionException(Kind.NOT_VALID, "compilation failed: " + errors);
    }

    private static String shown(CelIssue issue) {
        return issue.getSourceLocation().getLine() + ":"
                + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage();
    }

    /** The server takes a result of unknown type for none of these. */
    private static void check(CelType type, ResultKind expected) throws ExpressionException {
        boolean fits = switch (expected) {
            case ANY -> true;
            case BOOL -> type.kind() == CelKind.BOOL;
            case STRING -> type.kind() == CelKind.STRING;
            case STRING_OR_NULL -> type.kind() == CelKind.STRING || type.kind() == CelKind.NULL_TYPE;
        };
        if (!fits) {
            String wanted = switch (expected) {
                case BOOL -> "must evaluate to bool";
                case STRING -> "must evaluate to string";
                default -> "must evaluate to one of [string null_type]";
            };
            throw new ExpressionException(Kind.NOT_VALID, wanted + ", not " + type.name());
        }
    }
}
