using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>What a kind of platform knows about the objects that a call touches, so that a person can be shown them by name.</summary>
public sealed record SubjectRules
{
    /// <summary>
    /// Where the object of an operation's own path is read: <c>/vms/{id}</c>; null where the path names none. Its placeholders are
    /// among the operation's.
    /// </summary>
    public required Func<Operation, string?> PathOf { get; init; }

    /// <summary>Where the object is read that a property of the body names: <c>srId</c> gives <c>/srs/{id}</c>; null for other properties.</summary>
    public required Func<string, string?> ReferencePath { get; init; }

    /// <summary>Kind, name, state and place of an object as the platform describes it.</summary>
    public required Func<JsonElement, SubjectWords> Describe { get; init; }

    /// <summary>Whether the object of a call looks different after it: another state, place or name, or gone.</summary>
    public required Func<Call, bool> ShowsChange { get; init; }

    /// <summary>What else is read to tell the consequences.</summary>
    public Func<Call, IReadOnlyList<SubjectRead>> Beside { get; init; } = static _ => [];

    /// <summary>What is lost, cut or cannot be undone by a call.</summary>
    public required Func<SubjectSight, IReadOnlyList<string>> Consequences { get; init; }

    /// <summary>Why nobody may do this to the object, whoever agrees; null where nothing forbids it.</summary>
    public Func<Call, JsonElement, string?> Forbids { get; init; } = static (_, _) => null;
}

/// <summary>A read made for a preview.</summary>
/// <param name="Path">The path template of the reading operation.</param>
/// <param name="Arguments">Beside those of the call that fit its placeholders.</param>
public sealed record SubjectRead(string Path, IReadOnlyDictionary<string, JsonElement> Arguments);

/// <summary>What was seen of a call's objects before it runs.</summary>
/// <param name="Call">The call.</param>
/// <param name="Subject">Its main object; null where it could not be read.</param>
/// <param name="Beside">What else was read, by path; what could not be read is absent.</param>
public sealed record SubjectSight(Call Call, JsonElement? Subject, IReadOnlyDictionary<string, JsonElement> Beside);

/// <summary>An object in words.</summary>
/// <param name="Kind">VM, host, SR …</param>
/// <param name="Name">What people call it; may be empty.</param>
/// <param name="State">Running, halted, disabled …; null where it has none.</param>
/// <param name="Places">Where to read the objects it lies in, nearest first, with their ids: <c>(/hosts/{id}, 1f…)</c>.</param>
public sealed record SubjectWords(string Kind, string Name, string? State, IReadOnlyList<(string Path, string Id)> Places);
