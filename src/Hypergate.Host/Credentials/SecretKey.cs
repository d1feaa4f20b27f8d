using System.Security.Cryptography;
using System.Text;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Credentials;

/// <summary>
/// The key of the secrets store: <c>HYPERGATE_KEY</c> or the file that <c>HYPERGATE_KEY_FILE</c> names, else <c>secrets.key</c> in the data
/// folder, which is made with the first secret. 32 bytes in base64 are a key as they are; another text is a passphrase.
/// </summary>
internal sealed class SecretKey(SettingsSources sources, string dataFolder)
{
    public const string Variable = "HYPERGATE_KEY";
    private const int Length = 32;
    private const int Rounds = 600_000;
    private const int ShortestPassphrase = 16;

    private string OwnPath => Path.Combine(dataFolder, "secrets.key");

    /// <exception cref="SettingsException">There is none, or it cannot be used.</exception>
    public byte[] Read(byte[] salt) => Of(Text() ?? throw new SettingsException(
        $"The secrets store cannot be opened: {OwnPath} is missing, and neither {Variable} nor {Variable}_FILE is set"), salt);

    /// <summary>The same; makes a key where there is none.</summary>
    public byte[] ReadOrMake(byte[] salt)
    {
        if (Text() is { } text)
        {
            return Of(text, salt);
        }

        var key = RandomNumberGenerator.GetBytes(Length);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(OwnPath, options);
        stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key)));
        return key;
    }

    private string? Text()
    {
        if (new EnvironmentValues(sources).Find(Variable) is { } given)
        {
            return given;
        }

        if (!File.Exists(OwnPath))
        {
            return null;
        }

        var (text, problem) = SecretFile.Read(OwnPath);
        return text ?? throw new SettingsException($"The secrets store {problem}");
    }

    private static byte[] Of(string text, byte[] salt)
    {
        var bytes = new byte[Length];
        if (Convert.TryFromBase64String(text, bytes, out var length) && length == Length)
        {
            return bytes;
        }

        return text.Length >= ShortestPassphrase
            ? Rfc2898DeriveBytes.Pbkdf2(text, salt, Rounds, HashAlgorithmName.SHA256, Length)
            : throw new SettingsException($"{Variable} must be 32 bytes in base64, or a passphrase of at least {ShortestPassphrase} characters");
    }
}
