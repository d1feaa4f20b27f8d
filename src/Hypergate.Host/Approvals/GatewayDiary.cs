using Hypergate.Host.Authentication;
using Hypergate.Host.Mcp.Http;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Approvals;

/// <summary>
/// Records in the audit what happens to a served gateway and at its door: start, stop, other settings, credentials that are refused. What cannot be recorded is told in the
/// log; no request waits for it.
/// </summary>
/// <param name="state">Where it is recorded under the settings of this moment.</param>
/// <param name="time">For how often.</param>
/// <param name="log">Tells what could not be recorded.</param>
internal sealed partial class GatewayDiary(Func<GatewayState> state, TimeProvider time, ILogger log) : IAsyncDisposable
{
    public const string Started = "start";
    public const string Stopped = "stop";
    public const string SettingsReloaded = "settings_reloaded";
    public const string SettingsRejected = "settings_rejected";
    public const string SignInFailed = "sign_in_failed";
    public const string SignInBlocked = "sign_in_blocked";

    private const string Everybody = "*";

    // Whoever guesses keys must not fill the disk: one record a minute for each address and kind, and a few a second over all.
    private readonly TokenBuckets _each = new(1 / 60d, 1, time);
    private readonly TokenBuckets _all = new(2, 60, time);

    // Guards _writing.
    private readonly Lock _lock = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>Something that happened to the gateway itself.</summary>
    public async Task NoteAsync(string what, string detail, string address = "")
    {
        try
        {
            await state().RecordAsync("gateway", what, detail, address: address);
        }
        catch (IOException exception)
        {
            NotRecorded(log, what, exception.Message);
        }
    }

    /// <summary>A credential was refused. Returns at once.</summary>
    public void NoteRefusal(SignIn.Refused refused, string address)
    {
        if (refused.Tried is { } tried)
        {
            NoteOnce(SignInFailed, address, $"{tried}: {refused.Message}");
        }
    }

    /// <summary>An address has to wait before another credential of it is looked at. Returns at once.</summary>
    public void NoteBlock(string address) => NoteOnce(SignInBlocked, address, "too many refused credentials");

    /// <summary>Waits until all is written.</summary>
    public async ValueTask DisposeAsync() => await _writing;

    private void NoteOnce(string what, string address, string detail)
    {
        if (_each.Wait($"{what} {address}") is null && _all.Take(Everybody) is null && _each.Take($"{what} {address}") is null)
        {
            lock (_lock)
            {
                _writing = _writing.ContinueWith(_ => NoteAsync(what, $"from {address}: {detail}", address), TaskScheduler.Default).Unwrap();
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{What} is not recorded: {Problem}")]
    private static partial void NotRecorded(ILogger logger, string what, string problem);
}
