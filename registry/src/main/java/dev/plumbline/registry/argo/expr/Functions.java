package dev.plumbline.registry.argo.expr;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that Argo gives to expressions: expr-lang's own, sprig's below {@code sprig}, and its own few. */
public final class Functions {

    /** Before the names of sprig's functions. */
    static final String LIBRARY = "sprig";

    private static final Set<String> BUILT_IN = words("""
            abs all any asFloat asInt bitand bitnand bitnot bitor bitshl bitshr bitushr bitxor ceil concat count date duration
            filter find findIndex findLast findLastIndex first flatten float floor fromBase64 fromJSON fromPairs get groupBy
            hasPrefix hasSuffix indexOf int join jsonpath keys last lastIndexOf len lower map max mean median min none now one
            reduce repeat replace reverse round sort sortBy split splitAfter string sum take timezone toBase64 toJSON toJson
            toPairs trim trimPrefix trimSuffix type uniq upper values""");

    private static final Set<String> SPRIG = words("""
            abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec b32enc b64dec b64enc base bcrypt
            biggest buildCustomCert camelcase cat ceil chunk clean coalesce compact concat contains date dateInZone dateModify
            date_in_zone date_modify decryptAES deepCopy deepEqual default derivePassword dict dig dir div divf duration
            durationRound empty encryptAES ext fail first float64 floor fromJson genCA genCAWithKey genPrivateKey
            genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey get getHostByName has hasKey hasPrefix
            hasSuffix hello htmlDate htmlDateInZone htpasswd indent initial initials int int64 isAbs join kebabcase keys kindIs
            kindOf last list lower max maxf merge mergeOverwrite min minf mod mul mulf mustAppend mustChunk mustCompact
            mustDateModify mustDeepCopy mustFirst mustFromJson mustHas mustInitial mustLast mustMerge mustMergeOverwrite
            mustPrepend mustPush mustRegexFind mustRegexFindAll mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral
            mustRegexSplit mustRest mustReverse mustSlice mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq
            mustWithout must_date_modify nindent nospace now omit osBase osClean osDir osExt osIsAbs pick pluck plural prepend
            push quote randAlpha randAlphaNum randAscii randBytes randInt randNumeric regexFind regexFindAll regexMatch
            regexQuoteMeta regexReplaceAll regexReplaceAllLiteral regexSplit repeat replace rest reverse round semver
            semverCompare seq set sha1sum sha256sum sha512sum shuffle slice snakecase sortAlpha split splitList splitn squote
            sub subf substr swapcase ternary title toDate toDecimal toJson toPrettyJson toRawJson toString toStrings trim
            trimAll trimPrefix trimSuffix trimall trunc tuple typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep
            untitle upper urlJoin urlParse uuidv4 values without wrap wrapWith""");

    private static final Map<String, Given.Function> EVALUATED = evaluated();

    private Functions() {}

    /** Whether a function is one that this program evaluates. */
    static boolean evaluated(String name) {
        return ElementFunctions.NAMES.contains(name) || EVALUATED.containsKey(name);
    }

    /**
     * The value of a function.
     *
     * @throws ExpressionException when it has none for these arguments, or is not evaluated here
     */
    static @Nullable Object call(String name, List<@Nullable Object> arguments) throws ExpressionException {
        Given.Function function = EVALUATED.get(name);
        if (function == null) {
            throw new ExpressionException(
                    exist(name) ? "the function " + name + " is not evaluated here" : "unknown name " + name);
        }
        return function.of(new Given(name, arguments));
    }

    private static Map<String, Given.Function> evaluated() {
        Map<String, Given.Function> all = BasicFunctions.all();
        SprigFunctions.all().forEach((name, function) -> all.put(LIBRARY + "." + name, function));
        return Map.copyOf(all);
    }

    /** Whether a function exists, such as {@code asInt} or {@code sprig.trim}. */
    public static boolean exist(String name) {
        return BUILT_IN.contains(name)
                || (name.startsWith("sprig.") && SPRIG.contains(name.substring("sprig.".length())));
    }

    /** Names of functions near which a misspelt one is looked for. */
    public static Set<String> like(String name) {
        return name.startsWith("sprig.") ? SPRIG : BUILT_IN;
    }

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+", -1));
    }
}
