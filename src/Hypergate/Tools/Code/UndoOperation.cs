using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Finds the operation that takes a change back: the one of the opposite name, where what the change was given is all that it needs.</summary>
internal static class UndoOperation
{
    private static readonly (string Deed, string[] Opposites)[] Deeds =
    [
        ("clean shutdown", ["start"]),
        ("hard shutdown", ["start"]),
        ("shutdown", ["start"]),
        ("stop", ["start"]),
        ("start", ["clean shutdown", "shutdown", "stop"]),
        ("suspend", ["resume"]),
        ("resume", ["suspend"]),
        ("unpause", ["pause"]),
        ("pause", ["unpause", "resume"]),
        ("enable", ["disable"]),
        ("disable", ["enable"]),
        ("disconnect", ["connect"]),
        ("connect", ["disconnect"]),
        ("detach", ["attach"]),
        ("attach", ["detach"]),
        ("unlock", ["lock"]),
        ("lock", ["unlock"]),
        ("unmount", ["mount"]),
        ("mount", ["unmount"]),
        ("thaw", ["freeze"]),
        ("freeze", ["thaw"]),
    ];

    // What is put at an address is taken away there; elsewhere what such words do cannot be told from the names.
    private static readonly (string Deed, string[] Opposites)[] DeedsOfOneAddress =
        [("put", ["delete", "remove"]), ("add", ["remove", "delete"]), ("remove", ["add", "put"]), ("delete", ["put", "add"])];

    /// <param name="done">The change.</param>
    /// <param name="arguments">The names of what it was given.</param>
    /// <param name="shown">What its caller may run on the same backend.</param>
    /// <returns>Null where no operation is known to do that.</returns>
    public static Operation? Of(Operation done, IReadOnlyCollection<string> arguments, IEnumerable<Operation> shown)
    {
        var words = $" {string.Join(' ', Words.Split(done.Name))} ";
        var others = shown.Where(other => other.Changes && other.Name != done.Name && Needs(other).All(arguments.Contains)).ToList();
        return Find(words, Deeds, others) ?? Find(words, DeedsOfOneAddress, done.Body is null ? others.FindAll(other => other.Path == done.Path && other.Body is null) : []);
    }

    /// <summary>The same as <c>backend.operation</c>, in a catalog as its caller sees it.</summary>
    public static string? NameOf(ToolSurroundings surroundings, string backend, Operation done, JsonElement arguments) =>
        arguments.ValueKind == JsonValueKind.Object
        && Of(done, [.. arguments.EnumerateObject().Select(static argument => argument.Name)], surroundings.Shown(surroundings.Catalog.Current, backend)) is { } undo
            ? $"{ScriptNames.Of(backend)}.{ScriptNames.Of(undo)}"
            : null;

    private static Operation? Find(string words, (string Deed, string[] Opposites)[] deeds, List<Operation> others)
    {
        var (deed, opposites) = deeds.FirstOrDefault(pair => words.Contains($" {pair.Deed} ", StringComparison.Ordinal));
        return deed is null ? null : opposites.Select(opposite => words.Replace($" {deed} ", $" {opposite} ", StringComparison.Ordinal).Trim())
            .Select(name => others.Find(other => string.Join(' ', Words.Split(other.Name)) == name)).FirstOrDefault(static found => found is not null);
    }

    private static IEnumerable<string> Needs(Operation operation) =>
        operation.Parameters.Where(static parameter => parameter.Required).Select(static parameter => parameter.Name).Concat(operation.Body is { Required: true } ? ["body"] : []);
}
