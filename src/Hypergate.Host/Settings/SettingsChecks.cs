using Hypergate.Backends;
using Hypergate.Backends.Dadl;
using Hypergate.Backends.Rest;
using Hypergate.Schemas;
using Hypergate.Scripting;
using Hypergate.Tools.Operations;

namespace Hypergate.Host.Settings;

/// <summary>What the schema cannot say: settings that contradict one another or cannot work.</summary>
internal static class SettingsChecks
{
    private static readonly Surface[] BuiltSurfaces = [Surface.Domains, Surface.Operations, Surface.Search, Surface.Fleet, Surface.Query, Surface.Code];

    public static IEnumerable<SettingsFault> Check(GatewaySettings settings)
    {
        for (var index = 0; index < settings.Backends.Count; index++)
        {
            var (backend, path) = (settings.Backends[index], $"backends[{index}]");
            IEnumerable<SettingsFault> faults =
            [
                .. CheckName(settings.Backends, index),
                .. CheckAddresses(backend, path),
                .. CredentialRules.Check(backend, $"{path}.auth"),
                .. CheckRest(backend, path),
                .. DadlChecks.Check(backend, path),
                .. CheckTransport(backend, path),
                .. CheckPatterns(backend.Deny, $"{path}.deny"),
                .. CheckPatterns(backend.Allow ?? [], $"{path}.allow"),
                .. backend.AccessOverrides.Keys.Select(pattern => CheckPattern(pattern, ValuePath.Root.Property("backends").Item(index).Property("accessOverrides").Property(pattern).ToString())).OfType<SettingsFault>(),
                .. CheckContradictions(backend, path),
                .. CheckTimeouts(backend.Timeouts, ValuePath.Root.Property("backends").Item(index).Property("timeouts").Property("operations")),
            ];
            foreach (var fault in faults)
            {
                yield return fault;
            }
        }

        foreach (var fault in CheckSurfaces(settings)
            .Concat(CheckScripting(settings))
            .Concat(HttpChecks.Check(settings.Http))
            .Concat(settings.Authentication.Oauth is { } oauth ? OAuthRules.Check(oauth, "authentication.oauth") : [])
            .Concat(RoleChecks.Check(settings))
            .Concat(ChangeChecks.Check(settings))
            .Concat(GateChecks.Check(settings))
            .Concat(StateChecks.Check(settings))
            .Concat(RedactionChecks.Check(settings.Redaction))
            .Concat(CheckPatterns(settings.Audit.Results.Operations, "audit.results.operations"))
            .Concat(CheckPatterns(settings.OperationTools ?? [], "operationTools"))
            .Concat(CheckPatterns(settings.Policy.Confirmation.Unconfirmed, "policy.confirmation.unconfirmed")))
        {
            yield return fault;
        }
    }

    /// <summary>What to say of a surface that this build does not have.</summary>
    public static string NotInThisBuild(Surface surface) =>
        $"names {surface.ToString().ToLowerInvariant()}, which this build of Hypergate does not have yet; it has {string.Join(", ", BuiltSurfaces.Select(static built => built.ToString().ToLowerInvariant()))}";

    private static IEnumerable<SettingsFault> CheckSurfaces(GatewaySettings settings) => (settings.Surfaces ?? [])
        .Select(static (surface, index) => (surface, index))
        .Where(static entry => !BuiltSurfaces.Contains(entry.surface))
        .Select(static entry => new SettingsFault($"surfaces[{entry.index}]", NotInThisBuild(entry.surface)));

    // The version is asked when the first script runs: asking takes longer than a start may.
    private static IEnumerable<SettingsFault> CheckScripting(GatewaySettings settings)
    {
        if (settings.Scripting.Node is { } node && ProgramPath.Find(node) is null)
        {
            yield return new("scripting.node", "is no program") { Value = node };
        }
        else if (settings.Surfaces?.Contains(Surface.Code) == true && ProgramPath.Find(settings.Scripting.Node ?? "node") is null)
        {
            yield return new("surfaces", $"names code, which {NodeProbe.Needed}: there is no program 'node'");
        }
    }

    private static IEnumerable<SettingsFault> CheckName(IReadOnlyList<BackendSettings> backends, int index)
    {
        for (var before = 0; before < index; before++)
        {
            if (backends[before].Name.Equals(backends[index].Name, StringComparison.OrdinalIgnoreCase))
            {
                yield return new($"backends[{index}].name", $"is the name of backends[{before}] as well; each backend needs its own");
                yield break;
            }

            if (OperationToolNames.Plain(backends[before].Name).Equals(OperationToolNames.Plain(backends[index].Name), StringComparison.OrdinalIgnoreCase))
            {
                yield return new($"backends[{index}].name", $"cannot be told from {backends[before].Name} in the names of tools, where every other character than a letter or digit is _");
                yield break;
            }
        }
    }

    private static IEnumerable<SettingsFault> CheckRest(BackendSettings backend, string path)
    {
        if (backend.Rest is null != (backend.Kind != RestKind.Name))
        {
            yield return backend.Rest is null
                ? new(path, "is of kind rest and needs rest, with the document that describes the API")
                : new($"{path}.rest", $"is for kind rest, not for {backend.Kind}");
            yield break;
        }

        if (backend.PxCloud is not null && backend.Kind != PxCloudEnvironment.Kind)
        {
            yield return new($"{path}.pxcloud", $"is for kind pxcloud, not for {backend.Kind}");
        }

        if (backend.Kind is not (RestKind.Name or DadlKind.Name) && backend.Auth.Keys is not null)
        {
            yield return new($"{path}.auth.keys", $"is for kinds rest and dadl, not for {backend.Kind}");
        }

        foreach (var (list, key) in new[] { (backend.Rest?.Include ?? [], "include"), (backend.Rest?.Exclude ?? [], "exclude") })
        {
            for (var index = 0; index < list.Count; index++)
            {
                if (OperationSelector.Problem(list[index]) is { } problem)
                {
                    yield return new($"{path}.rest.{key}[{index}]", problem) { Value = list[index] };
                }
            }
        }
    }

    private static IEnumerable<SettingsFault> CheckAddresses(BackendSettings backend, string path)
    {
        if (!backend.Url.IsGiven && backend.Kind != DadlKind.Name)
        {
            yield return new($"{path}.url", "is missing");
        }

        if (backend.Url.All.Count > 1 && KindsOfSettings.Find(backend.Kind) is { HasNodes: false })
        {
            yield return new($"{path}.url", $"cannot be a list: a {backend.Kind} has one address");
        }
    }

    private static IEnumerable<SettingsFault> CheckTransport(BackendSettings backend, string path)
    {
        if (!backend.Tls.Verify && !backend.DangerouslySkipTlsVerification)
        {
            yield return new($"{path}.tls.verify", "cannot be false alone; set fingerprint or ca instead, "
                + "or, if you must, dangerously_skip_tls_verification: true beside tls");
        }

        if (backend.Tls.Ca is { } ca && FileProblem.OfOpening(ca) is { } problem)
        {
            yield return new($"{path}.tls.ca", $"needs the file {ca}, which {problem}");
        }

        if (backend.Proxy is { } proxy && AddressRules.ProblemOfProxy(proxy.Reveal()) is { } proxyProblem)
        {
            yield return new($"{path}.proxy", proxyProblem);
        }
    }

    private static IEnumerable<SettingsFault> CheckPatterns(IReadOnlyList<string> patterns, string path)
    {
        for (var index = 0; index < patterns.Count; index++)
        {
            if (CheckPattern(patterns[index], $"{path}[{index}]") is { } fault)
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<SettingsFault> CheckContradictions(BackendSettings backend, string path)
    {
        for (var index = 0; index < (backend.Allow?.Count ?? 0); index++)
        {
            if (backend.Deny.Contains(backend.Allow![index], StringComparer.Ordinal))
            {
                yield return new($"{path}.allow[{index}]", "stands in deny as well; keep it in one of the two");
            }
        }
    }

    private static IEnumerable<SettingsFault> CheckTimeouts(BackendSettingsTimeouts timeouts, ValuePath path) =>
        timeouts.Operations.Keys.Select(pattern => CheckPattern(pattern, path.Property(pattern).ToString())).OfType<SettingsFault>();

    private static SettingsFault? CheckPattern(string pattern, string path) => OperationPattern.IsWellFormed(pattern)
        ? null
        : new(path, "must be an operation's name such as DeleteVm, domain.name, or a pattern with *") { Value = pattern };
}
