using Hypergate.Backends;
using Hypergate.Backends.Rest;
using Hypergate.Host.Settings;
using Hypergate.Schemas;

namespace Hypergate.Host.Cli.Setup;

/// <summary>Finds out what was not said at the shell: from the person, where one sits there.</summary>
internal sealed class SetupQuestions(Terminal terminal)
{
    /// <exception cref="SettingsException">Something is missing, or cannot be what it is said to be.</exception>
    public async Task<SetupBackend> AskAsync(SetupWish wish)
    {
        var kind = Kind(await NeededAsync(wish.Kind, "kind", $"Kind ({string.Join(", ", SetupCommand.Kinds)}): "));
        var url = Address(await NeededAsync(wish.Url, "--url", "Address (https://HOST[:PORT]): "), kind);
        var isProxmox = kind.Name == "proxmox-ve";
        var user = wish.User ?? (wish.TokenId is null && (kind.Name == SetupProfiles.WithTags || isProxmox) ? await MaybeAsync("User (empty for a token): ") : null);
        return new SetupBackend
        {
            Kind = kind,
            Url = url,
            Name = wish.Name ?? await MaybeAsync($"Name (empty for {kind.Name}): ") ?? kind.Name,
            User = user,
            TokenId = user is null && isProxmox ? await NeededAsync(wish.TokenId, "--token-id or --user", "Id of the API token (user@realm!name): ") : null,
            Document = kind.Name == RestKind.Name ? await NeededAsync(wish.Document, "--document", "OpenAPI document (file or address): ") : null,
            Fingerprint = wish.Fingerprint,
            Ca = wish.Ca,
            Profile = wish.Profile ?? Profile(await MaybeAsync($"How much to offer ({string.Join(", ", SetupProfiles.All)}; empty for {SetupProfiles.ReadOnly}): ")),
            Tags = wish.Tags,
        };
    }

    /// <summary>The password or token; null for an API that wants none.</summary>
    public async Task<string?> SecretAsync(SetupBackend backend, CancellationToken cancellationToken)
    {
        var what = backend.User is not null ? "Password" : backend.TokenId is not null ? "Secret of the token" : backend.MayBeOpen ? "Token (empty for none)" : "Token";
        var secret = await terminal.ReadSecretAsync($"{what}: ", cancellationToken);
        return secret.Length > 0 ? secret
            : backend.MayBeOpen ? null
            : throw new SettingsException($"The {(backend.User is not null ? "password" : "token")} is missing: give it on standard input, for instance hypergate setup … < FILE");
    }

    /// <summary>Whether the person says yes; nobody at the keyboard says no.</summary>
    public async Task<bool> AgreesAsync(string question) => (await MaybeAsync(question))?.Trim().ToUpperInvariant() is "Y" or "YES";

    private async Task<string?> MaybeAsync(string question)
    {
        if (terminal.ReadLine is not { } read)
        {
            return null;
        }

        await terminal.Error.WriteAsync(question);
        await terminal.Error.FlushAsync();
        return read()?.Trim() is { Length: > 0 } answer ? answer : null;
    }

    private async Task<string> NeededAsync(string? given, string what, string question) =>
        given ?? await MaybeAsync(question) ?? throw new SettingsException($"setup needs {what}");

    private static string Profile(string? word) => word is null ? SetupProfiles.ReadOnly
        : SetupProfiles.All.Contains(word, StringComparer.Ordinal) ? word
        : throw new SettingsException($"There is no profile {ValueText.Quote(word)}; there are {string.Join(", ", SetupProfiles.All)}");

    private static BackendKindSettings Kind(string name) => SetupCommand.Kinds.Contains(name, StringComparer.Ordinal) && KindsOfSettings.Find(name) is { } kind
        ? kind
        : throw new SettingsException($"There is no kind {ValueText.Quote(name)}; there are {string.Join(", ", SetupCommand.Kinds)}{(NearestName.Find(name, SetupCommand.Kinds) is { } near ? $"; did you mean {near}?" : "")}");

    private static Uri Address(string text, BackendKindSettings kind) => AddressRules.CheckPlatform(text, "url", kind.Name == RestKind.Name) is { } fault
        ? throw new SettingsException($"--url {fault.ProblemWithValue}")
        : new Uri(text, UriKind.Absolute);
}
