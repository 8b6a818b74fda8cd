package palomar.server;

import java.util.List;
import palomar.config.PalomarSettings;
import palomar.managesieve.LanguageCheck;
import palomar.managesieve.ScriptCheck;
import palomar.sieve.Limits;
import palomar.sieve.ext.Extensions;

/// The language of users' scripts, as the configuration has it.
final class SieveLanguage {
    /// URI schemes of `notify`. RFC 5436
    private static final List<String> NOTIFICATIONS = List.of("mailto");

    /// URI schemes of external lists. RFC 6134 2.8
    private static final List<String> LISTS = List.of("urn");

    private SieveLanguage() {}

    static Limits limits(PalomarSettings settings) {
        Limits usual = Limits.USUAL;
        return new Limits(
                settings.sieve().scripts().maxScript().asInt(),
                usual.mostActions(),
                usual.mostRedirects(),
                usual.mostNotifications(),
                usual.mostNesting(),
                usual.mostIncludes(),
                usual.mostIncludeDepth(),
                usual.mostVariableBytes(),
                usual.mostVariables(),
                usual.processorTime(),
                usual.mostSteps(),
                usual.mostMemory());
    }

    /// What may be put and activated: what can be compiled.
    static ScriptCheck check(PalomarSettings settings) {
        return new LanguageCheck(Extensions.language(), limits(settings), NOTIFICATIONS, LISTS);
    }
}
