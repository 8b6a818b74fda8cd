package palomar.sievetest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import palomar.mail.MailException;
import palomar.message.edit.EditedMessage;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Compilation;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Flow;
import palomar.sieve.Host.LogLevel;
import palomar.sieve.Program;
import palomar.sieve.Result;
import palomar.sieve.Run;
import palomar.sieve.Settings;
import palomar.sieve.SieveFault;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.ext.imap4flags.FlagVariable;

/// Tests that compile and run other scripts, and commands for their serialised forms.
final class ScriptTests {
    private ScriptTests() {}

    static void declare(Declarations declarations) {
        declarations.test(Spec.of("test_script_compile").string("path"), ScriptTests::compile);
        declarations.test(Spec.of("test_script_run").tag(Tag.of("append_result")), ScriptTests::run);
        declarations.test(Spec.of("test_multiscript").strings("paths"), ScriptTests::several);
        declarations.command(Spec.of("test_binary_save").string("name"), ScriptTests::save);
        declarations.command(Spec.of("test_binary_load").string("name"), ScriptTests::load);
    }

    private static Condition compile(Arguments arguments) {
        Text path = arguments.string("path");
        return run -> {
            TestWorld world = TestWorld.of(run);
            world.errors().clear();
            Optional<TestWorld.Compiled> compiled =
                    compile(world, TestWorld.placeOf(run).folder(), path.value(run));
            compiled.ifPresent(world::compiled);
            return compiled.isPresent();
        };
    }

    private static Optional<TestWorld.Compiled> compile(TestWorld world, Path folder, String path) {
        Path file;
        Compilation compilation;
        try {
            file = folder.resolve(path).normalize();
            compilation = world.language()
                    .compile(Files.readAllBytes(file), world.settings().limits());
        } catch (InvalidPathException | IOException unreadable) {
            world.logged(LogLevel.ERROR, "failed to open script '" + path + "': it can't be read");
            return Optional.empty();
        }
        compilation.errors().forEach(text -> world.logged(LogLevel.ERROR, text));
        compilation.warnings().forEach(warning -> world.logged(LogLevel.WARNING, warning.text()));
        Optional<Program> program = compilation.program();
        if (world.reloads() && program.isPresent()) {
            program = reloaded(world, program.get().bytes());
        }
        Path parent = Optional.ofNullable(file.getParent()).orElse(folder);
        return program.map(each -> new TestWorld.Compiled(each, parent));
    }

    private static Optional<Program> reloaded(TestWorld world, byte[] bytes) {
        Compilation loaded = world.language().load(bytes, world.settings().limits());
        loaded.errors().forEach(text -> world.logged(LogLevel.ERROR, text));
        return loaded.program();
    }

    private static Condition run(Arguments arguments) {
        boolean append = arguments.has(":append_result");
        return run -> {
            TestWorld world = TestWorld.of(run);
            if (!append) {
                world.emptyResult(run);
            }
            world.errors().clear();
            Optional<TestWorld.Compiled> compiled = world.compiled();
            if (compiled.isEmpty()) {
                world.logged(LogLevel.ERROR, "no script was compiled");
                return false;
            }
            TestWorld.Place place = new TestWorld.Place(world, compiled.get().folder(), true, new boolean[1]);
            boolean ended = execute(world, world.run(place), compiled.get().program());
            // A sub-test may have set another message, or emptied the result.
            if (run.message() != world.message()) {
                run.message(world.message());
            }
            run.envelope(world.envelope());
            if (run.result() != world.result()) {
                world.adopt(run);
            }
            return ended && !place.hasFailed();
        };
    }

    private static boolean execute(TestWorld world, Run inner, Program program) throws IOException {
        try {
            inner.execute(program);
            return true;
        } catch (SieveFault | MailException | Settings.BadSetting fault) {
            world.logged(LogLevel.ERROR, String.valueOf(fault.getMessage()));
            inner.result().restoreImplicitKeep();
            inner.message().restore();
            return false;
        }
    }

    private static Condition several(Arguments arguments) {
        Texts paths = arguments.strings("paths");
        return run -> {
            TestWorld world = TestWorld.of(run);
            world.errors().clear();
            Result result = new Result();
            EditedMessage message = world.message().fork();
            Chain chain = new Chain(world, TestWorld.placeOf(run).folder(), result, message, world.freshFlags());
            boolean ok = chain.run(paths.values(run));
            // Whatever a script did: the message must be somewhere.
            boolean carried = world.execute(result, message);
            return ok && carried;
        };
    }

    /// Scripts that share a result.
    private record Chain(TestWorld world, Path folder, Result result, EditedMessage message, FlagVariable flags) {
        boolean run(List<String> paths) throws IOException {
            for (int i = 0; i < paths.size(); i++) {
                if (!result.implicitKeep()) {
                    return true;
                }
                Optional<TestWorld.Compiled> compiled = compile(world, folder, paths.get(i));
                if (compiled.isEmpty()) {
                    return false;
                }
                TestWorld.Place place =
                        new TestWorld.Place(world, compiled.get().folder(), true, new boolean[1]);
                Run run = world.run(place, result, flags, message);
                if (!execute(world, run, compiled.get().program()) || place.hasFailed()) {
                    return false;
                }
                if (i + 1 < paths.size()) {
                    deferKeep(result);
                }
            }
            return true;
        }
    }

    /// What `keep` in a script means for the next one: the decision is still open.
    private static void deferKeep(Result result) {
        for (Action action : List.copyOf(result.actions())) {
            if (action instanceof Action.Keep keep) {
                result.remove(keep);
                result.restoreImplicitKeep();
                if (keep.flags().isPresent()) {
                    result.implicitKeepFlags(keep.flags());
                }
            }
        }
    }

    private static Statement save(Arguments arguments) {
        Text name = arguments.string("name");
        return run -> {
            TestWorld world = TestWorld.of(run);
            TestWorld.Compiled compiled =
                    world.compiled().orElseThrow(() -> run.fault("no script was compiled to be saved"));
            byte[] bytes = compiled.program().bytes();
            world.binaries().put(name.value(run), new TestWorld.Binary(bytes, compiled.folder()));
            return Flow.NEXT;
        };
    }

    private static Statement load(Arguments arguments) {
        Text name = arguments.string("name");
        return run -> {
            TestWorld world = TestWorld.of(run);
            TestWorld.Binary binary = world.binaries().get(name.value(run));
            if (binary == null) {
                throw run.fault("no binary '" + name.value(run) + "' was saved");
            }
            Program program = reloaded(world, binary.bytes())
                    .orElseThrow(() -> run.fault("the binary '" + name.value(run) + "' can't be loaded"));
            world.compiled(new TestWorld.Compiled(program, binary.folder()));
            return Flow.NEXT;
        };
    }
}
