using System.Text.Json;
using Hypergate.Host.Mcp.Http;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Bridge;

/// <summary>
/// The session at the other side for clients that send <c>initialize</c>. Where the server has forgotten it, the same handshake opens
/// another one, as the protocol demands; the client learns only that its lists may have changed.
/// </summary>
internal sealed class RemoteSession(RemoteEndpoint remote, BridgeLog log) : IDisposable
{
    private const string RenewalId = "hypergate-bridge-initialize";
    private static readonly string[] Lists = ["tools", "prompts", "resources"];

    // Guards the renewal: many requests may find the session gone at once.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SessionState _state = SessionState.None;
    private RpcMessage? _initialize;
    private IReadOnlyList<string> _news = [];

    public SessionState State => Volatile.Read(ref _state);

    /// <summary>The notifications that make a client ask anew for whatever this server announces changes of.</summary>
    public IEnumerable<RpcMessage> News => _news.Select(static method => RpcMessage.Notification(method));

    /// <summary>Takes note of the handshake that the client made.</summary>
    public void Open(RpcMessage initialize, RpcMessage answer, string? id)
    {
        _initialize = initialize;
        if (StateOf(answer, id) is { } state)
        {
            _news = NewsOf(answer);
            Volatile.Write(ref _state, state);
        }
    }

    /// <summary>Opens another session in place of a lost one; false where that cannot be done.</summary>
    /// <param name="lost">The one that is gone. Where there is another already, that one will do.</param>
    public async Task<bool> RenewAsync(SessionState lost, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return State != lost || (_initialize is { } initialize && lost.Id is not null && await RepeatAsync(initialize, lost, cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> RepeatAsync(RpcMessage initialize, SessionState lost, CancellationToken cancellationToken)
    {
        using var answer = await remote.PostAsync(initialize.WithId($"\"{RenewalId}\""), [], cancellationToken);
        if (!answer.IsSuccess)
        {
            return false;
        }

        await foreach (var message in answer.ReadAsync(cancellationToken))
        {
            if (!message.Answers($"\"{RenewalId}\"") || StateOf(message, answer.Header(RequestHeaders.Session)) is not { } state)
            {
                continue;
            }

            if (state.Revision != lost.Revision)
            {
                log.Tell($"The gateway speaks another revision now ({state.Revision}, before {lost.Revision}): restart the client.");
                return false;
            }

            using var initialized = await remote.PostAsync(RpcMessage.Notification(NotificationMethods.InitializedNotification), state.Headers, cancellationToken);
            _news = NewsOf(message);
            Volatile.Write(ref _state, state);
            log.Tell("The session was lost; another one is open. Subscriptions and log levels of the old one are gone.");
            return initialized.IsSuccess;
        }

        return false;
    }

    private static SessionState? StateOf(RpcMessage answer, string? id) =>
        answer.InResult("protocolVersion") is { ValueKind: JsonValueKind.String } revision ? new(id, revision.GetString()) : null;

    private static string[] NewsOf(RpcMessage answer) => answer.InResult("capabilities") is not { ValueKind: JsonValueKind.Object } capabilities
        ? []
        : [.. Lists.Where(list => capabilities.TryGetProperty(list, out var kind) && kind.ValueKind == JsonValueKind.Object
            && kind.TryGetProperty("listChanged", out var changes) && changes.ValueKind == JsonValueKind.True).Select(static list => $"notifications/{list}/list_changed")];
}
