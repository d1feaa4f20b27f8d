using System.CommandLine;
using System.Net.Sockets;
using Hypergate.Backends;
using Hypergate.Backends.Dadl;
using Hypergate.Descriptions.Dadl;
using Hypergate.Host.Composition;
using Hypergate.Host.Settings;
using Hypergate.Results.Text;
using Hypergate.Schemas;

namespace Hypergate.Host.Cli;

/// <summary>
/// <c>hypergate backend login | left-out | changes | accept</c>: a person's consent to a backend whose file wants one (OAuth 2, authorization code with PKCE),
/// what of a description is not offered, and what of it waits for a person.
/// </summary>
/// <param name="withGateway">Runs with the gateway of the settings.</param>
/// <param name="terminal">Where the address is shown.</param>
/// <param name="time">The clock.</param>
internal sealed class BackendCommands(Func<ParseResult, Func<Gateway, Task<int>>, Task<int>> withGateway, Terminal terminal, TimeProvider time)
{
    private const int LongestLine = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public Command Build() => new("backend", "One configured backend.") { Login(), LeftOut(), new DescriptionCommands(withGateway, terminal).Changes(), new DescriptionCommands(withGateway, terminal).Accept() };

    private Command Login()
    {
        var name = new Argument<string>("backend") { Description = "Its name in the settings." };
        var command = new Command("login", $"Shows the address where a person consents, waits for the browser to come back, and stores the refresh token encrypted in the data folder.") { name };
        command.SetAction((result, token) => withGateway(result, gateway => RunAsync(gateway, result.GetRequiredValue(name), token)));
        return command;
    }

    private Command LeftOut()
    {
        var name = new Argument<string>("backend") { Description = "Its name in the settings." };
        var command = new Command("left-out", $"Lists the operations of its description that are not offered, and why.") { name };
        command.SetAction((result, token) => withGateway(result, gateway => ListLeftOutAsync(Find(gateway, result.GetRequiredValue(name)), token)));
        return command;
    }

    private async Task<int> ListLeftOutAsync(Backend backend, CancellationToken cancellationToken)
    {
        if (await backend.ReadDescriptionAsync(null, cancellationToken) is not { } text)
        {
            await terminal.Error.WriteLineAsync(backend.State.Problem ?? "Its description cannot be read.");
            return ExitCode.Failed;
        }

        var description = backend.Kind.ReadDescription(text.Bytes, backend.Kind.Description);
        foreach (var (route, reason) in description.Dropped)
        {
            await terminal.Output.WriteLineAsync(CleanText.Line($"{route.Method} {route.Path}: {reason}", LongestLine));
        }

        foreach (var fault in description.Faults)
        {
            await terminal.Output.WriteLineAsync($"Warning: {CleanText.Line(fault, LongestLine)}");
        }

        await terminal.Output.WriteLineAsync($"{description.Dropped.Count} left out, {description.Operations.Count} offered, as far as actions, allow and deny of the settings let them be.");
        return ExitCode.Done;
    }

    /// <exception cref="SettingsException">There is none.</exception>
    public static Backend Find(Gateway gateway, string name) => gateway.Backends.FirstOrDefault(backend => backend.Name == name)
        ?? throw new SettingsException(NoSuchBackend(gateway, name));

    /// <summary>That no backend is called so, with the name that may have been meant.</summary>
    public static string NoSuchBackend(Gateway gateway, string name) =>
        $"There is no backend '{name}' in the settings{(NearestName.Find(name, gateway.Backends.Select(static known => known.Name)) is { } near ? $"; did you mean '{near}'?" : "")}";

    private async Task<int> RunAsync(Gateway gateway, string name, CancellationToken cancellationToken)
    {
        var backend = Find(gateway, name);
        var oauth = OAuthOf(backend.Options);
        using var client = new PlatformClient(backend.Options, time);
        using var redirect = Listen(oauth);
        var names = new CredentialNames(name, (Credential.Several)backend.Options.Credential);
        var consent = new OAuthConsent(oauth, names, new OAuthEndpoint(oauth, names, client, time), redirect.Address);
        var (address, missing) = consent.Begin();
        if (address is null)
        {
            throw new SettingsException(missing!);
        }

        await terminal.Output.WriteLineAsync($"Open this address in a browser on this machine, and consent there:\n\n{address.AbsoluteUri}\n\nWaiting at {redirect.Address} …");
        await terminal.Output.FlushAsync(cancellationToken);
        return await EndedAsync(name, await CodeAsync(redirect, consent, cancellationToken), consent, cancellationToken);
    }

    private async Task<(string? Code, string? Problem)> CodeAsync(LoopbackRedirect redirect, OAuthConsent consent, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await redirect.WaitAsync(consent.State, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"Nobody consented within {Patience.TotalMinutes:0} minutes.");
        }
    }

    private async Task<int> EndedAsync(string name, (string? Code, string? Problem) came, OAuthConsent consent, CancellationToken cancellationToken)
    {
        if ((came.Code is null ? came.Problem : await consent.EndAsync(came.Code, cancellationToken)) is { } problem)
        {
            await terminal.Error.WriteLineAsync($"{problem.TrimEnd('.')}. Nothing was stored.");
            return ExitCode.Failed;
        }

        await terminal.Output.WriteLineAsync($"Stored the refresh token of '{name}'. A running gateway uses it with the next call.");
        return ExitCode.Done;
    }

    private static DadlOAuth OAuthOf(BackendOptions options)
    {
        if (options.Kind is not { Name: DadlKind.Name, DescriptionFile: { } file })
        {
            throw new SettingsException($"'{options.Name}' is of kind {options.Kind.Name}: only backends with a DADL file have such a login");
        }

        return DadlReader.Read(File.ReadAllBytes(file), new DadlSurroundings { Folder = Path.GetDirectoryName(file), FileName = Path.GetFileName(file) }).Document?.Auth.OAuth is { Flow: DadlFlow.AuthorizationCode, RefreshToken: not null } oauth
            ? oauth
            : throw new SettingsException($"{file} wants no consent: its auth is not of type oauth2 with flow authorization_code");
    }

    private LoopbackRedirect Listen(DadlOAuth oauth)
    {
        var wanted = oauth.RedirectUri is { } text
            ? Uri.TryCreate(text, UriKind.Absolute, out var address) && LoopbackRedirect.IsLoopback(address) ? address : throw new SettingsException($"redirect_uri of the file, {text}, does not lead to this machine (http://127.0.0.1:PORT/…)")
            : null;
        try
        {
            return new LoopbackRedirect(wanted, time);
        }
        catch (SocketException exception)
        {
            throw new SettingsException($"Nobody can wait at {wanted}: {exception.Message}");
        }
    }
}
