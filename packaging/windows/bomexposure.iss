; Inno Setup 6: iscc packaging\windows\bomexposure.iss, after the PyInstaller build.
; Installs for one user without administrator rights, or for all with them.
#ifndef AppVersion
  #define AppVersion "0.1.0"
#endif

[Setup]
AppId={{6C5E7A51-6E0E-4C55-9E0F-7B1B7A3C2D10}
AppName=bomexposure
AppVersion={#AppVersion}
AppPublisher=bomexposure maintainers
DefaultDirName={autopf}\bomexposure
DefaultGroupName=bomexposure
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=bomexposure-{#AppVersion}-setup
SetupIconFile=..\..\build\icons\bomexposure.ico
UninstallDisplayIcon={app}\bomexposure-gui.exe
Compression=lzma2
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
ChangesEnvironment=yes

[Tasks]
Name: desktopicon; Description: "Put an icon on the desktop"; Flags: unchecked
Name: path; Description: "Let the command line find bomexposure (PATH)"; Flags: unchecked

[Files]
Source: "..\..\dist\bomexposure\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\bomexposure"; Filename: "{app}\bomexposure-gui.exe"
Name: "{autodesktop}\bomexposure"; Filename: "{app}\bomexposure-gui.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.bomx"; ValueType: string; ValueData: "bomexposure.project"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\bomexposure.project"; ValueType: string; ValueData: "bomexposure project"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\bomexposure.project\DefaultIcon"; ValueType: string; ValueData: "{app}\bomexposure-gui.exe,0"
Root: HKA; Subkey: "Software\Classes\bomexposure.project\shell\open\command"; ValueType: string; ValueData: """{app}\bomexposure-gui.exe"" ""%1"""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NotInPath

[Code]
function NotInPath: Boolean;
var
  Found: String;
begin
  if not RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Found) then
    Found := '';
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Found) + ';') = 0;
end;
