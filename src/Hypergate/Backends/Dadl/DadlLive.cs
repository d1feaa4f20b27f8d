using Hypergate.Backends.Rest.Calls;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Backends.Dadl;

/// <summary>The file of one backend as it was last read. A file that cannot be used leaves the one before in force.</summary>
internal sealed class DadlLive(DadlSettings settings, string folder, string fileName)
{
    private DadlDocument? _document;
    private PlatformClient? _client;
    private DadlCompiler? _compiler;
    private IReadOnlyList<DadlProblem> _broken = [];
    private volatile bool _hasScripts;

    /// <summary>Null before it was read.</summary>
    public DadlDocument? Document => Volatile.Read(ref _document);

    public DadlSettings Settings => settings;

    /// <summary>The address that the file itself gives; null where it gives none that can be used.</summary>
    public Uri? AddressIn(string file)
    {
        try
        {
            var address = DadlReader.Read(File.ReadAllBytes(file), Surroundings()).Document?.BaseUrl;
            return address is null || address.Contains('{', StringComparison.Ordinal) || !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") ? null : new PlatformUrls(url).First;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether scripts can be run here, and whether those of the file compile; only for files that have any: a look costs a process.</summary>
    public async Task PrepareAsync(string file, CancellationToken cancellationToken)
    {
        if (_client?.Options.Services is not { Transform: not null } services || !NeedsScripts(file))
        {
            return;
        }

        _hasScripts = _hasScripts || services.ScriptingProblem is not { } look || await look(cancellationToken) is null;
        if (_hasScripts && services.CheckProgram is { } check)
        {
            _compiler ??= new DadlCompiler(check);
            Volatile.Write(ref _broken, await _compiler.ProblemsAsync(DadlReader.Read(await File.ReadAllBytesAsync(file, cancellationToken), Surroundings()), cancellationToken));
        }
    }

    /// <exception cref="DescriptionException">The file must not be used; the text holds its first faults.</exception>
    public Description Read(ReadOnlySpan<byte> text)
    {
        var load = DadlReader.Read(text, Surroundings());
        load = load with { Problems = [.. load.Problems, .. Volatile.Read(ref _broken).Select(At)] };
        if (load.IsRefused)
        {
            throw new DescriptionException(Refusal(load));
        }

        var document = load.Document!;
        Volatile.Write(ref _document, document);
        var wish = new DadlWish(_client?.ApiAddress ?? PlatformUrls.None.First, _hasScripts, _hasScripts);
        return new Description
        {
            Operations = new DadlOperations(document, settings, wish).All(load.Unavailable),
            Title = document.Name,
            Version = document.Version,
            Summary = DescriptionText.OneLine(document.Description, DescriptionText.LongestNote),
            Faults = [.. load.Problems.Where(static problem => DadlRules.SeverityOf(problem, DadlProfile.Runtime) == DadlSeverity.Error).Select(Line)],
            Warnings = [.. load.Problems.Where(static problem => DadlRules.SeverityOf(problem, DadlProfile.Runtime) != DadlSeverity.None).Select(Line)],
            Guide = DadlGuide.Of(document),
        };
    }

    public RestCallRunner RunnerFor(PlatformClient client, TimeProvider time)
    {
        _client = client;
        var credentials = new DadlCredentials(() => Document?.Auth ?? new DadlAuth(), client, time);
        var rules = new RestCallSettings
        {
            CredentialHosts = settings.CredentialHosts,
            FileHosts = settings.FileHosts,
            PrivateFileHosts = settings.AllowPrivateFileHosts,
            PassesFailedTransforms = settings.TransformFailure == "pass",
            Delegates = settings.Delegates,
            LargestDownload = (long)settings.MaxDownloadGigabytes << 30,
            LargestUpload = (long)settings.MaxUploadGigabytes << 30,
            TimeLimitOf = operation => DadlCorrections.TimeLimit(Document?.Name ?? "", operation.Name),
        };
        return new RestCallRunner(client, credentials, rules, time);
    }

    private DadlSurroundings Surroundings() => new()
    {
        Folder = folder,
        FileName = fileName,
        HasScripts = _hasScripts,
        StoresCredentials = _client?.Options.Credential is Credential.Several { Keeper: not null },
    };

    private bool NeedsScripts(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            return settings.OfferFilter || text.Contains("transform:", StringComparison.Ordinal) || text.Contains("composites", StringComparison.Ordinal) || text.Contains("allow_jq_override:", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string Refusal(DadlLoad load)
    {
        const int Shown = 3;
        var grave = load.Problems.Where(static problem => DadlRules.SeverityOf(problem, DadlProfile.Runtime) == DadlSeverity.Refusal).ToList();
        return $"{fileName} is not used: {string.Join("; ", grave.Take(Shown).Select(Line))}{(grave.Count > Shown ? $"; and {grave.Count - Shown} more, which hypergate dadl validate shows" : "")}.";
    }

    // Whoever asks for the tool wants to know where to mend it.
    private static DadlProblem At(DadlProblem problem) => problem with { Text = $"{problem.Text} (line {problem.Line}, column {problem.Column} of {problem.File ?? "the file"})" };

    private static string Line(DadlProblem problem) => $"{(problem.File is { } file ? $"{file}:" : "")}{problem.Line}:{problem.Column}, {problem.Rule}: {(problem.Path.Length == 0 ? "" : $"{problem.Path} ")}{problem.Text}";
}
