using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>How a call ended, and what it tells of the platform.</summary>
/// <param name="State">Null where it tells nothing.</param>
internal sealed record RestEnd(Outcome Outcome, BackendState? State = null)
{
    /// <summary>Nothing was sent.</summary>
    public static RestEnd Refused(string reason) => new(new Outcome.Refused("arguments", reason));

    /// <summary>It was sent, or could not be.</summary>
    public static RestEnd Failed(CallError error, BackendState? state = null)
    {
        var about = error.HttpStatus is { } status ? $"{error.Code}, HTTP {status}" : error.Code;
        var wait = error.RetryAfter is { } after ? $" Try again after {Math.Ceiling(after.TotalSeconds):0} seconds." : "";
        var attempts = error.Attempts > 1 ? $" It was tried {error.Attempts} times." : "";
        return new(new Outcome.Failed(error.HttpStatus, $"{error.Message.TrimEnd('.')} ({about}).{wait}{attempts}") { Error = error }, state);
    }
}

/// <summary>What the operator of a backend says of its calls.</summary>
internal sealed record RestCallSettings
{
    /// <summary>Hosts beside the backend's own that get the credential.</summary>
    public IReadOnlyList<string> CredentialHosts { get; init; } = [];

    /// <summary>Hosts from which files may be fetched.</summary>
    public IReadOnlyList<string> FileHosts { get; init; } = [];

    /// <summary>Those of them that may lie in a private network.</summary>
    public IReadOnlyList<string> PrivateFileHosts { get; init; } = [];

    /// <summary>Whether an answer is shown as it came where its transform fails.</summary>
    public bool PassesFailedTransforms { get; init; }

    /// <summary>Calls of composites that run under the composite's authority: <c>composite.tool</c>.</summary>
    public IReadOnlyList<string> Delegates { get; init; } = [];

    /// <summary>The largest file that is taken, in bytes.</summary>
    public long LargestDownload { get; init; } = 200L << 30;

    /// <summary>The largest file that is sent as a whole body, in bytes.</summary>
    public long LargestUpload { get; init; } = 200L << 30;

    /// <summary>The time limit of one request where it is known better than by the settings' own; null where it is not.</summary>
    public Func<Operation, TimeSpan?> TimeLimitOf { get; init; } = static _ => null;
}

/// <summary>Where the credentials of calls come from.</summary>
internal abstract class CallCredentials : IDisposable
{
    /// <summary>What goes with the next request.</summary>
    public abstract ValueTask<CredentialAnswer> GetAsync(CancellationToken cancellationToken);

    /// <summary>Takes back what a platform refused; false where another would be the same.</summary>
    public virtual bool Drop(CallCredential refused) => false;

    /// <summary>Looks at what an answer says of the credential that went with its request.</summary>
    public virtual void Note(CallCredential used, HttpReply reply)
    {
    }

    public abstract void Dispose();

    /// <summary>What the operator is to look at where the platform refuses it: <c>credential xo_token</c>.</summary>
    public abstract string Name { get; }
}

/// <summary>A credential, or why there is none.</summary>
internal sealed record CredentialAnswer(CallCredential? Value, string? Problem);

/// <summary>What came of sending a request.</summary>
/// <param name="Result">The last answer, or why there was none.</param>
/// <param name="Attempts">How often it was sent.</param>
internal sealed record Sent(HttpResult Result, int Attempts)
{
    /// <summary>Why nothing was sent; null where something was.</summary>
    public CallError? Problem { get; init; }

    /// <summary>What the caller should know of the answer.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
