package dev.plumbline.registry.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.StringFunction.StringOverload;

/**
 * The language of an API server 1.34 (its environment for new expressions, compatibility 1.33): CEL with optionals, the string
 * functions of version 2, sets, comprehensions of two variables, and Kubernetes' libraries. Set up once, when it is first needed.
 */
final class Language {

    private static final int OPTIONALS = 2;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableOptionalSyntax(true)
            .enableQuotedIdentifierSyntax(true)
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(Meter.MAX_ITERATIONS)
            .maxExpressionCodePointSize(Meter.MAX_EXPRESSION)
            .build();

    private static final FunctionTable FUNCTIONS = functions();

    /** Evaluates what any compiler of this language compiled. */
    static final CelRuntime RUNTIME = runtime();

    private Language() {}

    /** A compiler whose policy may use some inputs. */
    static CelCompilerBuilder compiler(Declared declared, boolean params) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.optional(OPTIONALS),
                        strings(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.comprehensions())
                .addFunctionDeclarations(FUNCTIONS.declarations())
                .setTypeProvider(declared)
                .addVar("object", SimpleType.DYN)
                .addVar("oldObject", SimpleType.DYN)
                .addVar("request", Declared.REQUEST)
                .addVar("namespaceObject", Declared.NAMESPACE)
                .addVar("variables", Declared.VARIABLES);
        return params ? builder.addVar("params", SimpleType.DYN) : builder;
    }

    private static FunctionTable functions() {
        FunctionTable table = new FunctionTable();
        Quantity.addTo(table);
        Url.addTo(table);
        IpAddress.addTo(table);
        Cidr.addTo(table);
        Semver.addTo(table);
        NamedFormat.addTo(table);
        ListFunctions.addTo(table);
        TextFunctions.addTo(table);
        return table;
    }

    private static dev.cel.extensions.CelStringExtensions strings() {
        return CelExtensions.strings(
                Function.CHAR_AT,
                Function.INDEX_OF,
                Function.LAST_INDEX_OF,
                Function.LOWER_ASCII,
                Function.QUOTE,
                Function.SUBSTRING,
                Function.TRIM,
                Function.UPPER_ASCII);
    }

    private static CelRuntime runtime() {
        return CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .filterFunctions((function, overload) -> function != StandardFunction.MATCHES
                                && function != StandardFunction.CONTAINS
                                && overload != StringOverload.DOUBLE_TO_STRING
                                && overload != AddOverload.ADD_STRING
                                && overload != AddOverload.ADD_LIST)
                        .build())
                .addLibraries(
                        CelExtensions.optional(OPTIONALS),
                        strings(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.comprehensions())
                .addFunctionBindings(FUNCTIONS.bindings())
                .build();
    }
}
