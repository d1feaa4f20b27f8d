using Hypergate.Backends.Http;

namespace Hypergate.Backends;

/// <summary>How a platform was last seen, and whether it takes our credential.</summary>
/// <param name="options">The platform.</param>
internal sealed class BackendStanding(BackendOptions options)
{
    private BackendState _state = BackendState.Unknown;

    /// <summary>How it was last seen.</summary>
    public BackendState State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>Whether the last answer refused our credential.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>It has answered as it should.</summary>
    public void Answered()
    {
        IsRefused = false;
        State = BackendState.Ready;
    }

    /// <summary>Nothing can be asked of it now.</summary>
    public BackendState Down(string problem) => State = new BackendState(BackendHealth.Down, problem);

    /// <summary>It would not let us in.</summary>
    public void Refused(bool isRefused, string problem)
    {
        IsRefused = isRefused;
        Down(problem);
    }

    /// <summary>What an answer that is an error says of it: ready where the error is of the call alone.</summary>
    public BackendState Seen(HttpReply reply)
    {
        IsRefused = reply.Status == 401;
        return options.Kind.Switch is { } rules && rules.IsOff(reply)
            ? new BackendState(BackendHealth.Disabled, rules.Text)
            : new BackendState(reply.Status == 401 ? BackendHealth.Down : BackendHealth.Ready, Error(reply));
    }

    /// <summary>What an answer says is wrong.</summary>
    public string Error(HttpReply reply) => options.Kind.ReadError(reply, options.Credential is Credential.Token);
}
