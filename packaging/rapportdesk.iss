; Inno Setup's recipe for Windows, over PyInstaller's folder: iscc packaging\rapportdesk.iss
#define Version "0.1.0"
[Setup]
AppId={{6E1B7C0E-3C0B-4E0B-9B52-5C1E0F7D2A11}
AppName=RapportDesk
AppVersion={#Version}
AppPublisher=the RapportDesk authors
LicenseFile=..\LICENSE
DefaultDirName={autopf}\RapportDesk
DefaultGroupName=RapportDesk
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir=..\dist
OutputBaseFilename=RapportDesk-{#Version}-setup
Compression=lzma2
SolidCompression=yes
UninstallDisplayIcon={app}\rapportdesk.exe
[Files]
Source: "..\dist\rapportdesk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
[Icons]
Name: "{group}\RapportDesk"; Filename: "{app}\rapportdesk.exe"
Name: "{autodesktop}\RapportDesk"; Filename: "{app}\rapportdesk.exe"; Tasks: desktop
[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"
[Run]
Filename: "{app}\rapportdesk.exe"; Description: "{cm:LaunchProgram,RapportDesk}"; Flags: nowait postinstall skipifsilent
; The vault lies in the person's own data folder and stays when RapportDesk is removed.
