package dev.plumbline.registry.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an API server checks of literals: lists and maps hold elements of one type (but what {@code format} is given), and texts that
 * are read as durations, times and patterns can be.
 */
final class Literals {

    private static final Pattern DURATION = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?(h|m|s|ms|us|µs|ns))+|0");

    private Literals() {}

    static void check(CelAbstractSyntaxTree tree) throws ExpressionException {
        Map<Long, CelType> types = tree.getTypeMap();
        List<CelNavigableExpr> nodes =
                CelNavigableAst.fromAst(tree).getRoot().allNodes().toList();
        for (CelNavigableExpr node : nodes) {
            if (node.getKind() == Kind.CALL) {
                arguments(node.expr().call());
            } else if (node.getKind() == Kind.LIST && !formatted(node)) {
                same(types, node.expr().list().elements());
            } else if (node.getKind() == Kind.MAP) {
                List<CelExpr.CelMap.Entry> entries = node.expr().map().entries();
                same(types, entries.stream().map(CelExpr.CelMap.Entry::key).toList());
                same(types, entries.stream().map(CelExpr.CelMap.Entry::value).toList());
            }
        }
    }

    private static boolean formatted(CelNavigableExpr list) {
        Optional<CelNavigableExpr> parent = list.parent();
        return parent.isPresent()
                && parent.get().getKind() == Kind.CALL
                && parent.get().expr().call().function().equals("format");
    }

    private static void same(Map<Long, CelType> types, List<CelExpr> elements) throws ExpressionException {
        String first = "";
        for (CelExpr element : elements) {
            CelType type = types.get(element.id());
            if (type instanceof OptionalType optional) {
                type = optional.parameters().getFirst();
            }
            String name = type == null ? "dyn" : type.name();
            if (!first.isEmpty() && !first.equals(name)) {
                throw wrong("expected type '" + first + "' but found '" + name + "'");
            }
            first = name;
        }
    }

    /** Literals that functions read are read while compiling. */
    private static void arguments(CelExpr.CelCall call) throws ExpressionException {
        String text = literal(call);
        if (text == null) {
            return;
        }
        boolean good = switch (call.function()) {
            case "duration" -> DURATION.matcher(text).matches();
            case "timestamp" -> time(text);
            case "matches" -> regex(text);
            default -> true;
        };
        if (!good) {
            throw wrong("invalid " + call.function() + " argument");
        }
    }

    private static @Nullable String literal(CelExpr.CelCall call) {
        if (call.args().isEmpty()) {
            return null;
        }
        CelExpr last = call.args().getLast();
        return last.getKind() == Kind.CONSTANT && last.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? last.constant().stringValue()
                : null;
    }

    private static boolean time(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean regex(String text) {
        try {
            return Pattern.compile(text).groupCount() >= 0;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static ExpressionException wrong(String what) {
        return new ExpressionException(ExpressionException.Kind.NOT_VALID, "compilation failed: " + what);
    }
}
