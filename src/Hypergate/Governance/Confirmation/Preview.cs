using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>What a person is shown before something changes.</summary>
/// <param name="Subjects">The objects that the call touches, each in a line: kind, name, state, where, id.</param>
/// <param name="Consequences">What is lost or cannot be undone, each in a line.</param>
/// <param name="TypeToConfirm">The main object's name, for calls where a yes is not enough.</param>
public sealed record Preview(IReadOnlyList<string> Subjects, IReadOnlyList<string> Consequences, string? TypeToConfirm)
{
    public static Preview Nothing { get; } = new([], [], null);

    /// <summary>The main object, for the record; null where nobody looked, or it could not be read.</summary>
    internal CallTarget? Target { get; init; }

    /// <summary>Why the call cannot succeed or must not run, found while looking up its object; null where nothing speaks against it.</summary>
    public Outcome? Problem { get; init; }
}

/// <summary>Looks up what a call would touch. Reads only, and through the same pipeline.</summary>
public delegate Task<Preview> PreviewMaker(Call call, CancellationToken cancellationToken);
