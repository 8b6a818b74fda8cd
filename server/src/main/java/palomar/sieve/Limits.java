package palomar.sieve;

import java.time.Duration;

/// What one script may use up. Immutable.
///
/// @param mostScriptBytes size of a source
/// @param mostActions actions in one result
/// @param mostRedirects redirects in one result
/// @param mostNotifications notifications in one result
/// @param mostNesting blocks within each other, and tests within each other
/// @param mostIncludes scripts that one script may include, all in all
/// @param mostIncludeDepth includes within each other
/// @param mostVariableBytes length of a variable's value in UTF-8; what is longer is cut at a character
/// @param mostVariables variables in one scope
/// @param processorTime of one run
/// @param mostSteps statements, tests and comparisons of one run; ends what [#processorTime] would end later, but
///     always at the same place
/// @param mostMemory bytes that values of variables, edited headers and extracted texts may hold together
public record Limits(
        int mostScriptBytes,
        int mostActions,
        int mostRedirects,
        int mostNotifications,
        int mostNesting,
        int mostIncludes,
        int mostIncludeDepth,
        int mostVariableBytes,
        int mostVariables,
        Duration processorTime,
        long mostSteps,
        long mostMemory) {

    public static final Limits USUAL =
            new Limits(1 << 20, 32, 4, 10, 32, 255, 10, 4096, 255, Duration.ofSeconds(30), 10_000_000, 64L << 20);
}
