using System.Text;
using System.Text.Json;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Clients;

/// <summary>The settings file of an assistant, in which one entry is ours. Everything else in it stays as it is.</summary>
internal sealed class ClientFile
{
    private const string Inputs = "inputs";

    private readonly ClientKind _kind;
    private readonly string _name;

    /// <param name="path">As documented; a link is followed.</param>
    /// <param name="name">Of our entry.</param>
    public ClientFile(ClientKind kind, string path, string name)
    {
        (_kind, _name) = (kind, name);
        Path = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
    }

    public string Path { get; }

    /// <summary>The file as it was before our last change; missing where there was none.</summary>
    public string Backup => $"{Path}.hypergate-backup";

    /// <summary>Puts the entry in; false where it stands there already, just so.</summary>
    /// <exception cref="SettingsException">The file cannot be read as JSON; nothing is written.</exception>
    public bool Set(ClientEntry entry, bool isDryRun)
    {
        var before = File.Exists(Path) ? File.ReadAllText(Path) : null;
        var after = Change(before ?? "", text =>
        {
            text = text.Set(_kind.Container, _name, entry.Write(_kind, _name));
            return entry.Questions(_kind, _name).Where(question => QuestionOf(text, question.Id) is null).Aggregate(text, static (file, question) => file.AddItem(Inputs, question.Json));
        });
        if (after == before)
        {
            return false;
        }

        if (!isDryRun)
        {
            KeepBackup(before);
            Write(after, before is null || entry.InFile(_kind).Count > 0);
        }

        return true;
    }

    /// <summary>Takes the entry away, or puts back the one that it replaced; false where there is none.</summary>
    public bool Undo(ClientEntry entry, bool isDryRun)
    {
        if (!File.Exists(Path))
        {
            return false;
        }

        var before = File.ReadAllText(Path);
        var old = File.Exists(Backup) ? Read(File.ReadAllText(Backup)) : null;
        var after = Change(before, text => Restored(text, old, entry));
        if (after == before)
        {
            return false;
        }

        if (!isDryRun)
        {
            if (old is null && Read(after).Root.Members.Count == 0)
            {
                File.Delete(Path);
            }
            else
            {
                Write(after, isPrivate: false);
            }

            File.Delete(Backup);
        }

        return true;
    }

    private JsoncText Restored(JsoncText text, JsoncText? old, ClientEntry entry)
    {
        if (text.Find(_kind.Container, _name) is not { } present)
        {
            return text;
        }

        if (old?.Find(_kind.Container, _name) is { } replaced)
        {
            return text.Put(present, old.Of(replaced));
        }

        text = Pruned(text.Remove(text.Find(_kind.Container)!, _name), old, _kind.Container);
        foreach (var (id, _) in entry.Questions(_kind, _name))
        {
            if (QuestionOf(text, id) is { } question && (old is null || QuestionOf(old, id) is null))
            {
                text = Pruned(text.RemoveItem(text.Find(Inputs)!, question), old, Inputs);
            }
        }

        return text;
    }

    private static JsoncText Pruned(JsoncText text, JsoncText? old, string container) =>
        text.Find(container) is { Members.Count: 0, Items.Count: 0 } && old?.Find(container) is null ? text.Remove(text.Root, container) : text;

    private static JsoncNode? QuestionOf(JsoncText text, string id) => text.Find(Inputs)?.Items.FirstOrDefault(item => item["id"]?.Text == id);

    private string Change(string text, Func<JsoncText, JsoncText> change)
    {
        try
        {
            return change(Read(text)).ToString();
        }
        catch (JsonException exception)
        {
            throw new SettingsException($"{Path} cannot be changed: {exception.Message} Mend the file first; nothing was written");
        }
    }

    private JsoncText Read(string text)
    {
        try
        {
            return new(text);
        }
        catch (JsonException exception)
        {
            throw new SettingsException($"{Path} is no JSON: {exception.Message} Mend the file first; nothing was written");
        }
    }

    private void KeepBackup(string? before)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        if (before is null)
        {
            File.Delete(Backup);
            return;
        }

        File.Copy(Path, Backup, overwrite: true);
    }

    // Whole or not at all, and with the rights that the file had.
    private void Write(string text, bool isPrivate)
    {
        var temporary = $"{Path}.{Guid.NewGuid():n}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = isPrivate || !File.Exists(Path) ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(Path);
        }

        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(new UTF8Encoding(false).GetBytes(text));
        }

        File.Move(temporary, Path, overwrite: true);
    }
}
