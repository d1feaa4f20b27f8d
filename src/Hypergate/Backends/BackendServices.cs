using Hypergate.Backends.Files;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>What the rest of the gateway does for a backend. Supplied by whoever puts the gateway together.</summary>
internal sealed record BackendServices
{
    public static BackendServices None { get; } = new();

    /// <summary>Runs jq programs; null where there is no engine.</summary>
    public JsonTransform? Transform { get; init; }

    /// <summary>Runs the scripts of composites; null where there is no engine.</summary>
    public CompositeRunner? Composites { get; init; }

    /// <summary>Why there is no engine on this machine after all; null where there is.</summary>
    public Func<CancellationToken, Task<string?>>? ScriptingProblem { get; init; }

    /// <summary>What is wrong with a program, by whether it is jq and its text, where it does not compile; null where there is no engine.</summary>
    public Func<bool, string, CancellationToken, Task<ProgramFault?>>? CheckProgram { get; init; }

    /// <summary>Runs a call that a composite makes, through every policy; null where nobody can.</summary>
    public Func<Call, CancellationToken, Task<Outcome>>? RunCall { get; init; }

    /// <summary>The operation of that name of a backend, internal ones too; null where there is none.</summary>
    public Func<string, string, Operation?>? FindOperation { get; init; }

    /// <summary>The names of a backend's operations.</summary>
    public Func<string, IEnumerable<string>>? Names { get; init; }

    /// <summary>Where files are kept that platforms send; null where none can be.</summary>
    public FileShelf? Files { get; init; }
}
