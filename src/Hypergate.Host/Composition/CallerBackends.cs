using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hypergate.Backends;
using Hypergate.Governance.Metering;
using Hypergate.Host.Credentials;
using Hypergate.Model;

namespace Hypergate.Host.Composition;

/// <summary>
/// The end of the way of a call: the backend with the shared credential, or one of the caller's own. Which it is follows from the caller
/// alone, and a credential that cannot be found is a refusal, never the shared one.
/// </summary>
internal sealed class CallerBackends(
    IEnumerable<(Backend Shared, BackendSettings Settings)> backends, CredentialReference references, CredentialSurroundings surroundings) : IDisposable
{
    private const int MostOwn = 256;
    private const string Policy = "credentials";
    private const string LimitsPolicy = "limits";

    private readonly Dictionary<string, (Backend Shared, BackendSettings Settings)> _backends = backends.ToDictionary(static entry => entry.Settings.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Backend>> _own = new(StringComparer.Ordinal);

    public Task<Outcome> InvokeAsync(Call call, CancellationToken cancellationToken)
    {
        var (shared, settings) = _backends[call.Backend];
        if (call.Caller.Credentials?.GetValueOrDefault(call.Backend) is { } reference)
        {
            return InvokeOwnAsync(call, reference, cancellationToken);
        }

        return settings.Credentials == "per-caller" && call.Caller.Name != Caller.LocalUser.Name
            ? Refuse(call, $"'{call.Backend}' takes each caller's own credential, and {call.Caller.Name} has none. Nothing was sent. Its operator adds one: hypergate keys create … --credential {call.Backend}=secret:NAME.")
            : SendAsync(shared, call, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var own in _own.Values.Where(static own => own.IsValueCreated))
        {
            own.Value.Dispose();
        }
    }

    private async Task<Outcome> InvokeOwnAsync(Call call, string reference, CancellationToken cancellationToken)
    {
        var (used, outcome) = await InvokeOwnOnceAsync(call, reference, cancellationToken);

        // What a program said may have been replaced since. A platform that does not know the caller has done nothing.
        if (outcome is Outcome.Failed { Status: 401 } && references.Forget(reference) && await FindAsync(reference, cancellationToken) is { Value: { } next } && next != used)
        {
            (_, outcome) = await InvokeOwnOnceAsync(call, reference, cancellationToken);
        }

        return outcome;
    }

    // A program may take its time, and nobody's thread is held up for that.
    private Task<(string? Value, string? Problem)> FindAsync(string reference, CancellationToken cancellationToken) => reference.StartsWith("exec:", StringComparison.Ordinal)
        ? Task.Run(() => references.Find(reference, surroundings.Folder), cancellationToken)
        : Task.FromResult(references.Find(reference, surroundings.Folder));

    private async Task<(string? Used, Outcome Outcome)> InvokeOwnOnceAsync(Call call, string reference, CancellationToken cancellationToken)
    {
        var shared = _backends[call.Backend].Shared;
        var (value, problem) = await FindAsync(reference, cancellationToken);
        if (value is null)
        {
            return (null, await Refuse(call, $"The credential of {call.Caller.Name} for '{call.Backend}' {problem ?? "cannot be found"}. Nothing was sent."));
        }

        surroundings.Learn(value);
        var auth = new BackendSettingsAuth { Token = new Secret(value) };
        return (value, shared.Kind.Settings.CheckAuth(auth).FirstOrDefault() is { } fault
            ? await Refuse(call, $"The credential of {call.Caller.Name} for '{call.Backend}' cannot be used: it {fault.Problem}. Nothing was sent.")
            : await InvokeOwnAsync(call, shared, auth, cancellationToken));
    }

    private async Task<Outcome> InvokeOwnAsync(Call call, Backend shared, BackendSettingsAuth auth, CancellationToken cancellationToken)
    {
        // While assistants are switched off on the platform, nobody's credential goes there.
        if (shared.State.Health == BackendHealth.Disabled)
        {
            return await SendAsync(shared, call, cancellationToken);
        }

        var key = $"{call.Backend}\n{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(auth.Token!.Reveal())))}";
        if (!_own.ContainsKey(key) && _own.Count >= MostOwn)
        {
            return await Refuse(call, $"More than {MostOwn} callers' own credentials are in use. Nothing was sent.");
        }

        var options = shared.Options with { Credential = shared.Kind.Settings.MakeCredential(auth) };
        return await SendAsync(_own.GetOrAdd(key, _ => new Lazy<Backend>(() => new Backend(options, surroundings.Time))).Value, call, cancellationToken);
    }

#pragma warning disable RS0030 // This is the one place that may call a backend.
    private static async Task<Outcome> SendAsync(Backend backend, Call call, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await backend.InvokeAsync(call, cancellationToken);
            if (outcome is Outcome.Failed { Status: 401 })
            {
                GovernanceMeters.CredentialError(call.Backend);
            }

            return outcome;
        }
        catch (PlatformBusyException busy)
        {
            GovernanceMeters.LimitHit("platform");
            return new Outcome.Refused(LimitsPolicy, busy.Message);
        }
    }
#pragma warning restore RS0030

    private static Task<Outcome> Refuse(Call call, string reason)
    {
        GovernanceMeters.CredentialError(call.Backend);
        return Task.FromResult<Outcome>(new Outcome.Refused(Policy, reason));
    }
}

/// <summary>What finding credentials needs.</summary>
/// <param name="Folder">Where relative paths start.</param>
/// <param name="Learn">Takes every value that is opened, so that no text shows it.</param>
internal sealed record CredentialSurroundings(string Folder, Action<string> Learn, TimeProvider Time);
