/// The extensions of Sieve, one package each, and the list of them in [palomar.sieve.ext.Extensions].
///
/// How one is written:
///
/// - A class `XExtension implements Extension` in a package of its own; a line in [palomar.sieve.ext.Extensions].
///   In `declare` it says what it adds: each command and test as a [palomar.sieve.Spec] (what it looks like) with
///   a compile function (what is to be executed). The language checks number, types and tags of arguments, blocks,
///   sub-tests and places, and words those errors; the function gets arguments that fit.
/// - The compile function checks what is constant (addresses, mailbox names, numbers) and reports with
///   `arguments.error("mailbox", ...)` in the wording of `sieve-test-format.md` 7: what is wrong, the item in
///   single quotes, whose it is. What has variables is checked at run time: `throw run.fault(...)`.
/// - [palomar.sieve.Statement] and [palomar.sieve.Condition] are immutable and serve many runs at once. What
///   belongs to a run is in `run.state(SomeType.class, SomeType::new)`, what belongs to the script while it is
///   compiled in `scope.state(...)`.
/// - A tag for somebody else's command: `declarations.tag("fileinto", Tag.of("copy").compile(use -> effect))`.
///   What it does is in the value: an [palomar.sieve.Effect] changes the action of any command; a
///   [palomar.sieve.FieldSource.Wrapper] changes which fields a test sees; a [palomar.sieve.FieldTexts] what of a
///   field is compared. A type of your own works as well: `arguments.all(Type.class)`.
/// - Comparisons: `spec.matchTags()` and `arguments.matching("key list")`; then at run time `matching.start(run)`,
///   `offer` each value until that is true, `end`. Header fields: `arguments.fields()`.
/// - Actions: `run.act(new Action...)`; the limits, repetitions and the implicit keep are seen to there. A
///   statement's message is `run.message().version()`.
/// - Anything that others may add to (notification methods, items of `environment`, parts of the envelope) is an
///   interface that they `provide` by name, and `scope.find(Type.class, name)` finds.
/// - Loops and blocks that can be left: `arguments.block(marker)`, `scope.enclosing(Marker.class)` for the command
///   that leaves, [palomar.sieve.Flow#leave], and `flow.leaves(marker)` behind `block.execute(run)`.
/// - Tests are Sieve files, `server/src/test/sieve/<extension>/<behaviour>.svtest`.
@NullMarked
package palomar.sieve.ext;

import org.jspecify.annotations.NullMarked;
