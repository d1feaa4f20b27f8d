using Hypergate.Host.Bridge;
using Hypergate.Host.Clients;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate connect</c>: tells an assistant how to start this gateway, or the bridge to one that runs elsewhere.</summary>
internal static class ConnectCommand
{
    private static readonly string[] Platforms = ["XO_", "PVE_", "PXCLOUD_"];
    private static readonly string[] SecretVariables = ["XO_TOKEN", "XO_PASSWORD", "PVE_TOKEN_SECRET", "PXCLOUD_TOKEN", "PXCLOUD_PASS"];

    public static async Task<int> RunAsync(ConnectWish wish, SettingsSources sources, ClientSystem system, Terminal terminal)
    {
        var entry = wish.Undo ? AnyOf(wish) : wish.Bridge is null ? Local(wish, sources) : Bridge(wish, sources);
        if (ClientKinds.Find(wish.Client) is not { } kind)
        {
            var block = new ClientKind { Name = ClientKinds.Json, Title = "", File = static _ => "", Next = "", Reference = static name => $"${{{name}}}" };
            var text = new JsoncText("").Set(block.Container, wish.Name, entry.Write(block, wish.Name));
            await terminal.Output.WriteLineAsync(text.ToString().TrimEnd());
            return ExitCode.Done;
        }

        if (sources.Home == "")
        {
            throw new SettingsException("There is no home folder, where assistants keep their settings (HOME)");
        }

        var file = new ClientFile(kind, kind.File(ClientPlaces.Of(system, sources)), wish.Name);
        if (wish.Undo)
        {
            await UndoAsync(wish, file, entry, terminal.Output);
            return ExitCode.Done;
        }

        var isChanged = file.Set(entry, wish.DryRun);
        await TellAsync(wish, kind, file, entry, isChanged, terminal.Output);
        foreach (var warning in WarningsOf(wish, sources))
        {
            await terminal.Output.WriteLineAsync(warning);
        }

        return ExitCode.Done;
    }

    private static IReadOnlyList<string> WarningsOf(ConnectWish wish, SettingsSources sources) => wish.Bridge is null
        ? ProblemOf(sources) is { } problem ? [$"With these settings it does not start yet: {problem}."] : []
        : OptionsOf(wish, sources).Http.Warnings();

    private static async Task UndoAsync(ConnectWish wish, ClientFile file, ClientEntry entry, TextWriter output)
    {
        var foreign = file.Foreign(entry);
        var isUndone = file.Undo(entry, wish.DryRun);
        await output.WriteLineAsync(
            isUndone ? $"{(wish.DryRun ? "Would take" : "Took")} {wish.Name} out of {file.Path}; everything else stays as it is."
            : foreign is not null ? $"The {wish.Name} in {file.Path} starts {foreign} and is not from here; it stays."
            : $"There is no {wish.Name} in {file.Path}; nothing to do.");
    }

    private static string? ProblemOf(SettingsSources sources)
    {
        try
        {
            SettingsReading.Load(sources);
            return null;
        }
        catch (SettingsException exception)
        {
            return exception.Message.TrimEnd('.');
        }
    }

    private static async Task TellAsync(ConnectWish wish, ClientKind kind, ClientFile file, ClientEntry entry, bool isChanged, TextWriter output)
    {
        await output.WriteLineAsync(
            !isChanged ? $"{kind.Title} knows {wish.Name} already ({file.Path}); nothing was written."
            : wish.DryRun ? $"Would write into {file.Path}:"
            : $"Wrote into {file.Path}{(File.Exists(file.Backup) ? $" (before: {file.Backup})" : "")}:");
        await output.WriteLineAsync($"\"{wish.Name}\": {entry.Write(kind, wish.Name, isShown: true)}");
        foreach (var secret in entry.Secrets)
        {
            await output.WriteLineAsync(
                kind.Asks ? $"{secret.Key}: {kind.Title} asks for it and keeps it; it is not in the file."
                : secret.Value is null ? $"{secret.Key} is not set here; where it is needed, set it and run this again."
                : kind.Reference is not null ? $"{secret.Key}: not in the file; {kind.Title} takes it from its environment."
                : $"{secret.Key}: its VALUE is in the file, readable by you alone, because {kind.Title} takes no references. To avoid that, keep it in a file of its own and set {secret.Key}_FILE instead.");
        }

        if (isChanged && !wish.DryRun)
        {
            await output.WriteLineAsync($"{kind.Next} To take it back: hypergate connect {kind.Name} --undo{(wish.Name == ConnectWish.UsualName ? "" : $" --name {wish.Name}")}");
        }
    }

    // The file of settings holds what is needed; without one, the variables that are set here are what the gateway needs there.
    private static ClientEntry Local(ConnectWish wish, SettingsSources sources)
    {
        if (SettingsLocation.Find(sources) is { } location)
        {
            return new(wish.Program, ["--config", location.Path], [], []);
        }

        var names = EnvironmentVariables.All.Select(static variable => variable.Name)
            .Where(static name => Platforms.Any(platform => name.StartsWith(platform, StringComparison.Ordinal))).ToList();
        var plain = names.Except(SecretVariables, StringComparer.Ordinal)
            .Where(name => sources.Variable(name) is not null).Select(name => new KeyValuePair<string, string>(name, Absolute(name, sources))).ToList();
        var secrets = SecretVariables.Where(name => sources.Variable(name) is not null).Select(name => new KeyValuePair<string, string?>(name, sources.Variable(name))).ToList();
        if (plain.Count > 0 || secrets.Count > 0)
        {
            return new(wish.Program, [], plain, secrets);
        }

        return wish.Client == ClientKinds.Json
            ? new(wish.Program, [], [new("XO_URL", "https://your-xo")], [new("XO_TOKEN", "your-token")])
            : throw new SettingsException($"There are no settings to start with: write {SettingsLocation.FileName} and name it with --config, or set XO_URL and XO_TOKEN here, or name a gateway that runs elsewhere with --bridge URL");
    }

    // Whatever an earlier run may have put questions for.
    private static ClientEntry AnyOf(ConnectWish wish) =>
        new(wish.Program, [], [], [.. SecretVariables.Append(BridgeCommand.KeyVariable).Select(static name => new KeyValuePair<string, string?>(name, null))]);

    private static ClientEntry Bridge(ConnectWish wish, SettingsSources sources)
    {
        // Says what is wrong with the address now rather than when the assistant starts it.
        OptionsOf(wish, sources);
        IReadOnlyList<string> arguments =
        [
            "bridge", "--url", wish.Bridge!,
            .. wish.Ca is { } ca ? ["--ca", sources.Absolute(ca, sources.WorkingFolder)] : Array.Empty<string>(),
            .. wish.Fingerprint is { } fingerprint ? ["--fingerprint", fingerprint] : Array.Empty<string>(),
        ];
        return sources.Variable($"{BridgeCommand.KeyVariable}_FILE") is { } file
            ? new(wish.Program, arguments, [new($"{BridgeCommand.KeyVariable}_FILE", sources.Absolute(file, sources.WorkingFolder))], [])
            : new(wish.Program, arguments, [], [new(BridgeCommand.KeyVariable, sources.Variable(BridgeCommand.KeyVariable))]);
    }

    private static BridgeOptions OptionsOf(ConnectWish wish, SettingsSources sources) =>
        BridgeCommand.Options(new BridgeWish(wish.Bridge!, null, wish.Ca, wish.Fingerprint, null, []), sources);

    private static string Absolute(string name, SettingsSources sources) =>
        name.EndsWith("_FILE", StringComparison.Ordinal) ? sources.Absolute(sources.Variable(name)!, sources.WorkingFolder) : sources.Variable(name)!;
}

/// <summary>What was asked for at the shell.</summary>
/// <param name="Client">One of <see cref="ClientKinds"/>, or <c>json</c>.</param>
/// <param name="Name">Of the entry.</param>
/// <param name="Bridge">The address of a gateway elsewhere; null for one that the client starts itself.</param>
/// <param name="Program">The absolute path of this program.</param>
/// <param name="Ca">For the bridge: a file of authorities.</param>
/// <param name="Fingerprint">For the bridge: of the gateway's certificate.</param>
internal sealed record ConnectWish(string Client, string Name, string? Bridge, bool DryRun, bool Undo, string Program, string? Ca = null, string? Fingerprint = null)
{
    public const string UsualName = "hypergate";
}
